"""The language data of the project: what to look for, with examples. Read by `pipeline.patterns`."""
