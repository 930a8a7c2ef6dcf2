"""Imported as `tests.secrets`, so that it hides nothing."""  # noqa: A005
