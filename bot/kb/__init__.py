"""YAML files -> a knowledge base, or every fault of its structure."""
