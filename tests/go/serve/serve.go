// Put beside each main.go when it is built: one question a line in, one answer a line out, both JSON.
package main

import (
	"bufio"
	"encoding/json"
	"os"
)

// serve answers until there are no more questions. Whatever goes wrong ends the program: no answer is made up.
func serve[Question, Answer any](answer func(Question) (Answer, error)) {
	lines := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var question Question
		must(json.Unmarshal(line, &question))
		found, err := answer(question)
		must(err)
		must(answers.Encode(found))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// written puts a text into a file of its own, which the next question's replaces.
func written(name, text string) string {
	path := os.Getenv("TMPDIR") + "/" + name
	must(os.WriteFile(path, []byte(text), 0o600))
	return path
}
