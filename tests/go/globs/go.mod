module globs

go 1.22

require (
	github.com/IGLOU-EU/go-wildcard/v2 v2.1.0
	github.com/bmatcuk/doublestar/v4 v4.8.1
)
