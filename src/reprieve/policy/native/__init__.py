"""Checks of ours as Python: what the engine would say of a document, said in a twentieth of the time.

The checks are the Rego in `policy/checks`; `translate` writes them anew as Python, once, when they change.
Whatever it cannot write, and whatever it is not sure of on some document, the engine evaluates.
"""
