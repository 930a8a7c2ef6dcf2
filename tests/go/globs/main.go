// Answers, for each line of JSON [language, pattern, text], whether the text matches: what Kyverno and Trivy use.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"

	wildcard "github.com/IGLOU-EU/go-wildcard/v2"
	"github.com/bmatcuk/doublestar/v4"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked [3]string
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		fmt.Println(matches(asked[0], asked[1], asked[2]))
	}
}

func matches(language, pattern, text string) bool {
	switch language {
	case "wildcard":
		return wildcard.Match(pattern, text)
	case "doublestar":
		found, err := doublestar.Match(pattern, text)
		if err != nil {
			panic(err)
		}
		return found
	case "regexp":
		return regexp.MustCompile("^" + pattern + "$").MatchString(text)
	}
	panic("no language " + language)
}
