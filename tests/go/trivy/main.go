// What Trivy leaves of a report, by its own filter: ignore file, ignore policy, VEX documents.
package main

import (
	"context"

	dbTypes "github.com/aquasecurity/trivy-db/pkg/types"
	"github.com/aquasecurity/trivy/pkg/result"
	"github.com/aquasecurity/trivy/pkg/types"
	"github.com/aquasecurity/trivy/pkg/vex"
)

type question struct {
	// Name of the ignore file, the ignore policy or the VEX document: the first two by their names.
	Name   string
	File   string
	Report types.Report
}

// hidden tells of each result whether nothing is left in it.
func hidden(asked question) ([]bool, error) {
	options := result.FilterOptions{}
	for _, name := range dbTypes.SeverityNames {
		severity, err := dbTypes.NewSeverity(name)
		must(err)
		options.Severities = append(options.Severities, severity)
	}
	path := written(asked.Name, asked.File)
	switch asked.Name {
	case ".trivyignore", ".trivyignore.yaml":
		options.IgnoreFile = path
	case "ignore.rego":
		options.PolicyFile = path
	default:
		options.VEXSources = []vex.Source{{Type: vex.TypeFile, FilePath: path}}
	}
	if err := result.Filter(context.Background(), asked.Report, options); err != nil {
		return nil, err
	}
	found := []bool{}
	for _, one := range asked.Report.Results {
		left := len(one.Vulnerabilities) + len(one.Misconfigurations) + len(one.Secrets) + len(one.Licenses)
		found = append(found, left == 0)
	}
	return found, nil
}

func main() { serve(hidden) }
