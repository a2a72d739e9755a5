"""A mail server on loopback that does to a letter what its recipient is called, and says so on standard output.

later@    451 to the first try of each recipient, then taken in
full@     452 to the first letter of each recipient when it is whole, then taken in
bounce@   550 to the recipient
spam@     554 to the letter when it is whole
drop@     takes the letter and closes the connection without an answer
hang@     takes the letter and never answers
others    taken in

Arguments: the port (0 for a free one), and optionally USER:PASSWORD that it asks for. Says one JSON object a line;
ends when its standard input is closed.
"""

import asyncio
import json
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    def __init__(self):
        self.tried = set()

    def first(self, what, address):
        known = (what, address) in self.tried
        self.tried.add((what, address))
        return not known

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0].split("+")[0]
        if name == "bounce":
            say(event="bounced", to=address)
            return "550 5.1.1 No such mailbox"
        if name == "later" and self.first("rcpt", address):
            say(event="deferred", to=address)
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        name = to.split("@")[0].split("+")[0]
        if name == "full" and self.first("data", to):
            say(event="deferred", to=to)
            return "452 4.2.2 Mailbox full"
        if name == "spam":
            say(event="refused", to=to)
            return "554 5.7.1 We do not want this"
        if name == "drop":
            server.transport.abort()
            say(event="dropped", to=to)
            return "250 OK"
        if name == "hang":
            say(event="hanging", to=to)
            await asyncio.Event().wait()
        say(
            event="delivered",
            to=to,
            sender=envelope.mail_from,
            letter=envelope.content.decode("ascii"),
        )
        return "250 2.0.0 Taken in"


def authenticator(right):
    def check(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and data.login.decode() + ":" + data.password.decode() == right
        return AuthResult(success=known, handled=False)

    return check


async def main():
    port = int(sys.argv[1])
    right = sys.argv[2] if len(sys.argv) > 2 else None
    handler = Handler()
    more = {}
    if right:
        more = {"authenticator": authenticator(right), "auth_required": True, "auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="smtp.example.test", **more), "127.0.0.1", port
    )
    say(event="listening", port=server.sockets[0].getsockname()[1])
    # Whoever started it has gone when this returns.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
