"""Where records live: Git, its history, whom it trusts, and how it is written."""
