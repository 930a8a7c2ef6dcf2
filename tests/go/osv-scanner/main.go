// Which vulnerabilities of packages OSV-Scanner leaves out, by its own reading of osv-scanner.toml.
package main

import (
	"slices"

	"github.com/google/osv-scanner/pkg/config"
	"github.com/google/osv-scanner/pkg/models"
)

type question struct {
	File     string
	Packages []models.PackageVulns
}

// ignored gives, for each package, the ids that are left out. A group goes as a whole, with all its aliases, and a
// package before its vulnerabilities are grouped: what pkg/osvscanner does with the answers of its configuration.
func ignored(asked question) ([][]string, error) {
	manager := config.ConfigManager{}
	if err := manager.UseOverride(written("osv-scanner.toml", asked.File)); err != nil {
		return nil, err
	}
	found := make([][]string, len(asked.Packages))
	for index, one := range asked.Packages {
		found[index] = []string{}
		whole := manager.OverrideConfig.ShouldIgnorePackageVulnerabilities(one)
		if ignore, _ := manager.OverrideConfig.ShouldIgnorePackage(one); whole || ignore {
			for _, vulnerability := range one.Vulnerabilities {
				found[index] = append(found[index], vulnerability.ID)
			}
			continue
		}
		for _, group := range one.Groups {
			if slices.ContainsFunc(group.Aliases, func(id string) bool {
				ignore, _ := manager.OverrideConfig.ShouldIgnore(id)
				return ignore
			}) {
				found[index] = append(found[index], group.Aliases...)
			}
		}
	}
	return found, nil
}

func main() { serve(ignored) }
