// Which matches Grype ignores, by its own rules.
package main

import (
	"strconv"

	"github.com/anchore/grype/grype/match"
	"github.com/anchore/grype/grype/pkg"
	"github.com/anchore/grype/grype/vulnerability"
	syft "github.com/anchore/syft/syft/pkg"
	"gopkg.in/yaml.v3"
)

type question struct {
	File    string
	Matches []struct {
		ID, Name, Type, Version, State string
		Related                        []string
	}
}

// ignored tells it of each match.
func ignored(asked question) ([]bool, error) {
	var options struct{ Ignore []match.IgnoreRule }
	if err := yaml.Unmarshal([]byte(asked.File), &options); err != nil {
		return nil, err
	}
	matches := []match.Match{}
	for index, one := range asked.Matches {
		found := match.Match{
			Package: pkg.Package{
				ID: pkg.ID(strconv.Itoa(index)), Name: one.Name, Version: one.Version, Type: syft.Type(one.Type),
			},
			Vulnerability: vulnerability.Vulnerability{
				Reference: vulnerability.Reference{ID: one.ID, Namespace: "n"},
				Fix:       vulnerability.Fix{State: vulnerability.FixState(one.State)},
			},
		}
		for _, id := range one.Related {
			related := vulnerability.Reference{ID: id}
			found.Vulnerability.RelatedVulnerabilities = append(found.Vulnerability.RelatedVulnerabilities, related)
		}
		matches = append(matches, found)
	}
	_, gone := match.ApplyIgnoreRules(match.NewMatches(matches...), options.Ignore)
	found := make([]bool, len(matches))
	for _, one := range gone {
		index, err := strconv.Atoi(string(one.Package.ID))
		must(err)
		found[index] = true
	}
	return found, nil
}

func main() { serve(ignored) }
