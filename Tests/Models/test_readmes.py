"""The ```console blocks of the plugins' pages, run in order and compared with what the pages show."""

import os
import pathlib
import subprocess
import sys

import pytest

from conftest import BIN, ROOT

NAMES = ("linear", "fasttext", "onnx", "cld2", "cxx")  # test_program.py runs the guide of --program
PAGES = [pathlib.Path("Plugins", name, "README.md") for name in NAMES]


def commands(page):
    """The commands behind "$ ", each with the lines shown below it; other fences are not run."""
    shown, inside = [], False
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            shown.append((line[2:], []))
        elif inside:
            assert shown, f"{page}: a console block begins with an output"
            command, output = shown[-1]
            if not output and command.endswith(("\\", "|")):
                shown[-1] = f"{command}\n{line}", output
            else:
                output.append(line)
    return shown


@pytest.fixture
def root_of_links(tmp_path):
    """A folder like the repository's root, so that files that a page makes stay out of it."""
    for entry in ROOT.iterdir():
        (tmp_path / entry.name).symlink_to(entry)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_page_shows_what_its_commands_print(page, root_of_links):
    shown = commands(page)
    if page.parent.name == "cxx":
        text = (ROOT / page).read_text(encoding="utf-8")
        (root_of_links / "shouting.cpp").write_text(text.split("```cpp\n")[1].split("```")[0], encoding="utf-8")
    assert shown, f"{page} has no ```console block"
    path = os.pathsep.join(map(str, (BIN, pathlib.Path(sys.executable).parent, "/usr/local/bin", "/usr/bin", "/bin")))
    environment = {"PATH": path, "LANG": "C.UTF-8", "HOME": str(root_of_links)}
    for command, output in shown:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", command],
            cwd=root_of_links,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )
        assert done.stdout.splitlines() == output, f"{page}: $ {command}"
        assert done.returncode == 0, f"{page}: $ {command}"
