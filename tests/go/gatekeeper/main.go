// Which objects a constraint of Gatekeeper is for, by Gatekeeper's own target.
package main

import (
	"github.com/open-policy-agent/gatekeeper/v3/pkg/target"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	Constraint map[string]any
	Objects    []map[string]any
}

// unmatched tells of each object whether the constraint is not for it.
func unmatched(asked question) ([]bool, error) {
	constraint := &unstructured.Unstructured{Object: asked.Constraint}
	handler := &target.K8sValidationTarget{}
	if err := handler.ValidateConstraint(constraint); err != nil {
		return nil, err
	}
	matcher, err := handler.ToMatcher(constraint)
	if err != nil {
		return nil, err
	}
	found := []bool{}
	for _, object := range asked.Objects {
		_, review, err := handler.HandleReview(unstructured.Unstructured{Object: object})
		if err != nil {
			return nil, err
		}
		matches, err := matcher.Match(review)
		if err != nil {
			return nil, err
		}
		found = append(found, !matches)
	}
	return found, nil
}

func main() { serve(unmatched) }
