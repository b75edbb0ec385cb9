"""The schema's history, one numbered file a step. A migration imports nothing of ours."""
