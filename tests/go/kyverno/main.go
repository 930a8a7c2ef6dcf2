// Which results of policies Kyverno's exceptions take away, by Kyverno's own engine.
package main

import (
	"github.com/go-logr/logr"
	kyvernov1 "github.com/kyverno/kyverno/api/kyverno/v1"
	kyvernov2 "github.com/kyverno/kyverno/api/kyverno/v2"
	"github.com/kyverno/kyverno/pkg/config"
	"github.com/kyverno/kyverno/pkg/engine/jmespath"
	"github.com/kyverno/kyverno/pkg/engine/policycontext"
	"github.com/kyverno/kyverno/pkg/engine/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	Exceptions []*kyvernov2.PolicyException
	Found      []struct {
		Policy, Rule string
		Object       map[string]any
	}
}

// excepted tells it of each result: those that name its policy and rule are chosen first, as the engine does.
func excepted(asked question) ([]bool, error) {
	for _, one := range asked.Exceptions {
		if errs := one.Validate(); len(errs) > 0 {
			return nil, errs.ToAggregate()
		}
	}
	settings := config.NewDefaultConfiguration(false)
	found := []bool{}
	for _, one := range asked.Found {
		var chosen []*kyvernov2.PolicyException
		for _, exception := range asked.Exceptions {
			if exception.Contains(one.Policy, one.Rule) {
				chosen = append(chosen, exception)
			}
		}
		object := unstructured.Unstructured{Object: one.Object}
		context, err := policycontext.NewPolicyContext(
			jmespath.New(settings), object, kyvernov1.Create, &kyvernov2.RequestInfo{}, settings)
		if err != nil {
			return nil, err
		}
		context = context.WithResourceKind(object.GroupVersionKind(), "")
		matched := utils.MatchesException(nil, chosen, context, false, logr.Discard())
		found = append(found, len(matched) > 0)
	}
	return found, nil
}

func main() { serve(excepted) }
