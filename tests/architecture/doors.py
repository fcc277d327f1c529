"""Where something can leave the house: what each file of the code does that somebody outside can see."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import fanal

SOURCE = Path(fanal.__file__).parent

ANSWERS = {
    *("HttpResponse", "JsonResponse", "FileResponse", "StreamingHttpResponse", "HttpResponseServerError"),
    *("render", "render_to_string"),
}
FILES = {"write_text", "write_bytes"}
SENDS = {"sendmail", "send_message", "send_mail", "urlopen", "sendall", "sendto", "EmailMessage", "MIMEText"}
PROGRAMS = {
    *("smtplib", "http.client", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "dns", "socket"),
    *("django.core.mail", "anymail"),
}
WRITING = re.compile(r"[wax]b?\+?t?|r\+b?")


def kinds(source: str) -> set[str]:
    """Name the ways out that a file's code uses: answer, file, say, send."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            if isinstance(node, ast.ImportFrom):
                named += [f"{node.module}.{one.name}" for one in node.names]
            if any(name == one or name.startswith(f"{one}.") for name in named for one in PROGRAMS):
                found.add("send")
        elif isinstance(node, ast.Call):
            found |= _called(node)
        elif isinstance(node, ast.Attribute) and node.attr in {"O_WRONLY", "O_RDWR"}:
            found.add("file")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"}:
            found.add("say")
    return found


def _called(call: ast.Call) -> set[str]:
    name = ast.unparse(call.func).rpartition(".")[2]
    method = isinstance(call.func, ast.Attribute)
    given = [
        one.value for one in (*call.args, *(word.value for word in call.keywords)) if isinstance(one, ast.Constant)
    ]
    if name in ANSWERS and not method:
        return {"answer"}
    writes = name in {"open", "fdopen"} and any(WRITING.fullmatch(str(one)) for one in given)
    if name in FILES or writes:
        return {"file"}
    if name == "print" and not method:
        return {"say"}
    laid = name == "lay" and ast.unparse(call.func).endswith("outbox.lay")
    return {"send"} if name in SENDS or laid else set()


@cache
def doors() -> dict[str, set[str]]:
    """Give the files of the code that have a way out, and which."""
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        if ways := kinds(file.read_text(encoding="utf-8")):
            found[str(file.relative_to(SOURCE))] = ways
    return found
