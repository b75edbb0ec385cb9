"""Pages that are made from the code say what the code says today."""

import pytest

from scripts.write_docs import DOCS, PAGES


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_as_new_as_the_code(page: str) -> None:
    written = DOCS / page
    if not written.is_file() or written.read_text(encoding="utf-8") != PAGES[page]():
        pytest.fail(f"docs/{page} is older than the code. Run `make docs` and commit it.", pytrace=False)
