"""The commands of `fasttrack`, one a file; `app.py` lists them."""
