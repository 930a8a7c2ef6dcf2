// Which objects Kubescape has an exception for, by its own processor.
package main

import (
	"encoding/json"

	"github.com/armosec/armoapi-go/armotypes"
	"github.com/kubescape/opa-utils/exceptions"
	"github.com/kubescape/opa-utils/objectsenvelopes"
)

type question struct {
	File  string
	Found []struct {
		Cluster, Control string
		Object           map[string]any
	}
}

// excepted tells it of each object that failed a control.
func excepted(asked question) ([]bool, error) {
	var policies []armotypes.PostureExceptionPolicy
	if err := json.Unmarshal([]byte(asked.File), &policies); err != nil {
		return nil, err
	}
	processor := exceptions.NewProcessor()
	found := []bool{}
	for _, one := range asked.Found {
		mine := processor.ListRuleExceptions(policies, "", one.Control, "")
		object := objectsenvelopes.NewObject(one.Object)
		found = append(found, len(processor.GetResourceExceptions(mine, object, one.Cluster)) > 0)
	}
	return found, nil
}

func main() { serve(excepted) }
