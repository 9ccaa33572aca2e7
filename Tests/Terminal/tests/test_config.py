"""The config file of podium: written, checked, obeyed. PODIUM_BINARY names the program."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

from tests.program import BINARY, DEADLINE, require_binary, run

EVENT = (
    '{"specversion":"1.0","id":"1","source":"s","type":"com.example.kds.order.placed",'
    '"subject":"o1","time":"2026-01-01T00:00:00Z","data":{"order_id":"o1"}}\n'
)


class ConfigTests(unittest.TestCase):
    """Each test has a configuration folder of its own."""

    @classmethod
    def setUpClass(cls):
        require_binary()

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="podium-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = self.folder / "podium" / "config.toml"

    def podium(self, *arguments):
        """Runs podium with this folder's configuration: code, output, complaint."""
        outcome = run(*arguments, environment={"XDG_CONFIG_HOME": str(self.folder)})
        return outcome.returncode, outcome.stdout.decode(), outcome.stderr.decode()

    def write(self, text):
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(text)

    def test_the_path_is_told(self):
        self.assertEqual(self.podium("config", "path"), (0, f"{self.path}\n", ""))

    def test_init_writes_a_file_that_is_fine_and_keeps_one_that_is_there(self):
        self.assertEqual(self.podium("config", "init"), (0, f"wrote {self.path}\n", ""))
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.podium("config", "check"), (0, f"{self.path} is fine: 0 sources\n", ""))
        self.write("# mine\n")
        code, output, complaint = self.podium("config", "init")
        self.assertEqual((code, output), (73, ""))
        self.assertEqual(complaint, f"podium: cannot write {self.path}: it is there already\n")
        self.assertEqual(self.path.read_text(), "# mine\n")

    def test_check_without_a_file_says_how_to_get_one(self):
        code, _, complaint = self.podium("config", "check")
        self.assertEqual(code, 66)
        self.assertIn("`podium config init` writes one", complaint)

    def test_check_names_line_and_key_of_each_fault(self):
        self.write(
            'theme = "nonesuch"\nworkspace = "attic"\n[[source]]\nname = "a"\n'
            'url = "http://example.org/"\n[[source]]\nname = "b"\nurl = "-"\n'
            'headers = { Cookie = "hidden" }\n[[source]]\nname = "c"\nurl = "-"\nca = "/none.pem"\n'
            '[[source]]\nname = "d"\nurl = "-"\npins = ["x"]\nhidden_token = "hidden"\n'
        )
        code, output, complaint = self.podium("config", "check")
        self.assertEqual(code, 65)
        self.assertEqual(complaint, f"podium: {self.path} has 7 faults\n")
        begins = [
            "line 1: theme: ", "line 2: workspace: ", "line 5: source.url: ",
            "line 9: source.headers.Cookie: ", "line 13: source.ca: ", "line 17: source.pins: ",
            "line 18: source.hidden_token: ",
        ]
        lines = output.splitlines()
        self.assertEqual(len(lines), len(begins), output)
        for line, begin in zip(lines, begins):
            self.assertTrue(line.startswith(f"{self.path}: {begin}"), line)
        self.assertNotIn('"hidden"', output)

    def test_a_broken_file_ends_what_needs_it(self):
        self.write("[[source]\n")
        for arguments in ([], ["monitor", "a"]):
            code, _, complaint = self.podium(*arguments)
            self.assertEqual(code, 65)
            self.assertIn(f"{self.path}: line 1: a header lacks its ]", complaint)

    def test_podium_alone_watches_what_is_configured(self):
        events = self.folder / "events.ndjson"
        events.write_text(EVENT)
        self.write(f'[[source]]\nname = "house"\nurl = "{events}"\n')
        for arguments in ([], ["monitor"], ["monitor", "house"], ["tail", "house"]):
            with self.subTest(arguments=arguments):
                self.assertIn("kds.order.placed", self.follow(arguments))

    def follow(self, arguments):
        """Starts podium without a terminal and waits for the first line that is no remark."""
        process = subprocess.Popen(
            [BINARY, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "XDG_CONFIG_HOME": str(self.folder)},
        )
        timer = threading.Timer(DEADLINE, process.kill)
        timer.start()
        try:
            lines = (line.decode() for line in process.stdout)
            return next((line for line in lines if not line.startswith("#")), "")
        finally:
            timer.cancel()
            process.kill()
            process.communicate()


if __name__ == "__main__":
    unittest.main()
