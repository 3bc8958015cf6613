#!/bin/sh
# Python's mailbox module and our reader split the same mailboxes into the same mails, octet by octet.
set -u
if ! command -v python3 >/dev/null; then
  echo "1..0 # SKIP python3 is not installed"
  exit 0
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# Mailboxes whose lines are drawn from those that readers disagree about, and one that Python itself wrote.
PYTHONDONTWRITEBYTECODE=1 python3 - "$tmp" <<'END'
import hashlib, mailbox, random, sys

folder = sys.argv[1]
random.seed(20261121)
lines = [b"", b"", b"", b"Hello", b"From ann@example.org Sat Nov 21 10:00:00 2026", b"From here on I want no mail",
         b">From x", b">>From y", b"from z", b"From: ann@example.org", b" From", b"From", b"Content-Length: 7",
         b"\0\xff\xe9", b"\tx" * 50, b"x" * 3000, b"--", b"y\r", b"."]

def write(name, count):
    with open(f"{folder}/{name}", "wb") as file:
        file.write(b"From ann@example.org Sat Nov 21 10:00:00 2026\n")
        file.write(b"\n".join(random.choice(lines) for _ in range(count)))
        file.write(random.choice([b"", b"\n", b"\n\n", b"\n\n\n"]))

for n in range(200):
    write(f"{n:03}.mbox", random.randrange(60))
write("large.mbox", 100000)

box = mailbox.mbox(f"{folder}/python.mbox")
for n in range(100):
    body = "\n".join(random.choice(["From me", ">From you", "", "Please stop", "x" * 500]) for _ in range(n))
    box.add(f"From: ann{n}@example.org\nSubject: {n}\n\n{body}".encode())
box.close()

names = [f"{n:03}.mbox" for n in range(200)] + ["large.mbox", "python.mbox"]
for name in names:
    box = mailbox.mbox(f"{folder}/{name}", create=False)
    with open(f"{folder}/{name}.want", "w") as want:
        for key in box.keys():
            octets = box.get_bytes(key)
            print(len(octets), hashlib.sha256(octets).hexdigest(), file=want)
END

echo 1..3
number=0
compare () # NAME FILE...
{
  name=$1; shift
  number=$((number + 1))
  for file; do
    "$top_builddir/tests/test-sources" --split "$file" >"$file.got"
    if [ ! -s "$file.want" ] || ! cmp -s "$file.want" "$file.got"; then
      echo "not ok $number - $name"
      diff "$file.want" "$file.got" | sed "s|^|# $file: |" | head -5
      return
    fi
  done
  echo "ok $number - $name"
}
compare "200 small mailboxes of lines that readers disagree about" "$tmp"/[0-9]*.mbox
compare "a mailbox of 100000 such lines" "$tmp/large.mbox"
compare "a mailbox that Python wrote" "$tmp/python.mbox"
