"""The staff's console at /console/: one file per page, drawn on the server. A peer of `handlers` and `jobs`."""
