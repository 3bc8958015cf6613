"""What a browser makes of the report (TAP). Run by tests/report.sh: report.py BROWSER OPTOUT FOLDER"""
import html.parser
import json
import os
import re
import subprocess
import sys
import zlib

browser, optout, folder = sys.argv[1:]
number = failed = 0


def ok(good, sentence, why=''):
    global number, failed
    number, failed = number + 1, failed + (not good)
    print(f"{'' if good else 'not '}ok {number} - {sentence}", flush=True)
    if not good and why:
        print(f'# {why}'[:500])


def browse(name, *options):
    """Runs the browser. Its sandbox and shared memory need what a container may not have; the page is our own."""
    done = subprocess.run([browser, '--headless', '--disable-gpu', '--hide-scrollbars', '--no-sandbox', '--disable-dev-shm-usage',
                           f'--user-data-dir={folder}/profile', *options, f'file://{folder}/{name}'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return done.stdout.decode()


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    def all(self, tag=None, **wanted):
        for child in self.children:
            if isinstance(child, Node):
                if tag in (None, child.tag) and all(child.attributes.get(k.rstrip('_')) == v for k, v in wanted.items()):
                    yield child
                yield from child.all(tag, **wanted)

    def text(self):
        return ''.join(child.text() if isinstance(child, Node) else child for child in self.children)


class Tree(html.parser.HTMLParser):
    """The browser writes its DOM well-formed, so that nothing has to be guessed here."""
    VOID = {'meta', 'link', 'br', 'img', 'hr', 'input'}

    def __init__(self, text):
        super().__init__()
        self.root = self.here = Node('', {}, None)
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes, self.here)
        self.here.children.append(node)
        if tag not in self.VOID:
            self.here = node

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f'{tag} closes {self.here.tag}'
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def one(tree, name):
    nodes = list(tree.all(id=name))
    assert len(nodes) == 1, f'{len(nodes)} elements have the id {name}'
    return nodes[0]


def rows(table):
    return [[cell.text() for cell in row.all() if cell.tag in ('th', 'td')] for row in table.all('tr')]


def columns(figure):
    """The table below a chart as {heading: [number, ...]}, without the first column."""
    head, *body = rows(next(figure.all('table')))
    return {name: [int(row[i]) for row in body] for i, name in enumerate(head) if i > 0}


stored = open(f'{folder}/year.html', encoding='utf-8').read()
figures = json.load(open(f'{folder}/year.json', encoding='utf-8'))
dom = browse('year.html', '--dump-dom')
page = Tree(dom).root

# ---- one file, and nothing from elsewhere ----
ok(len(stored) < 1000000 and stored.startswith('<!DOCTYPE html>'), 'a page, and not a large one', f'{len(stored)} octets')
foreign = re.search(r'https?:|//|\bsrc=|\bhref=|url\(|@import|<script|<link|<iframe|\son\w+=', stored)
ok(foreign is None, 'no script, no link, nothing from elsewhere', foreign and stored[foreign.start() - 40:foreign.end() + 40])
ok('@' not in re.sub(r'@media', '', stored), 'no address')
ok(open(f'{folder}/stdout.html', encoding='utf-8').read()[:15] == stored[:15], 'it goes to standard output too')

# ---- for everybody ----
ok(next(page.all('html')).attributes.get('lang') == 'en' and next(page.all('title')).text().startswith('Opt-outs, Metrix & <Söhne>, '), 'it has a language and a title')
levels = [int(node.tag[1]) for node in page.all() if re.fullmatch('h[1-6]', node.tag)]
ok(levels[0] == 1 and levels.count(1) == 1 and all(b - a < 2 for a, b in zip(levels, levels[1:])), 'its headings are a tree', str(levels))
drawings = list(page.all('svg'))
ok(len(drawings) >= 8 and all(d.attributes.get('role') == 'img' and len(d.attributes.get('aria-label', '')) > 10 for d in drawings), 'every chart is an image with a name', str(len(drawings)))
ok(all(cell.attributes.get('scope') in ('col', 'row') for cell in page.all('th')) and len(list(page.all('th'))) > 100, 'every heading of a table says of what')
ids = [node.attributes['id'] for node in page.all() if 'id' in node.attributes]
ok(len(ids) == len(set(ids)), 'no id stands twice')
legend = next(one(page, 'by-category').all('ul', class_='legend'))
ok([item.text() for item in legend.all('li')] == ['All marketing mail', 'Product updates', 'Offers & <b>deals</b> "today"', 'Events'] and not list(page.all('b')), 'titles of categories are text, whatever they hold')

# ---- the numbers are those of stats ----
ok(int(one(page, 'opt-outs').text()) == figures['opt_outs'] > 100, 'as many opt-outs as stats says', one(page, 'opt-outs').text())
ok(int(one(page, 'over-48-hours').text()) == figures['clocks']['effective']['over_48_hours'] > 0, 'as many over 48 hours')
by_category = {row['title']: row['opt_outs'] for row in figures['by_category'] if row['opt_outs']}
shown = columns(one(page, 'by-category'))
ok({name: sum(values) for name, values in shown.items()} == by_category, 'each category adds up', str(by_category))
shown = columns(one(page, 'by-reason'))
ok({name: sum(values) for name, values in shown.items()} == figures['by_reason'], 'each reason adds up')
for name in ('by-category', 'by-reason'):
    figure = one(page, name)
    parts = sum(value > 0 for values in columns(figure).values() for value in values)
    ok(len(list(figure.all('rect'))) == parts > 100, f'{name}: a part of a column for each number that is not 0', f'{parts}')
weeks = rows(next(one(page, 'by-reason').all('table')))
ok(52 <= len(weeks) - 1 <= 53, 'a year has its weeks', str(len(weeks)))
for name, clock in figures['clocks'].items():
    counts = [int(text.text()) for text in one(page, f'span-{name}').all('text') if 'n' in text.attributes['class'].split()]
    over = [sum(counts[i:]) for i in (4, 5, 6)]
    ok(len(counts) == 7 and sum(counts) == clock['count'] and over == [clock['over_48_hours'], clock['over_5_business_days'], clock['over_10_business_days']],
       f'the clock {name}: its classes add up, and the terms stand where they end', str(counts))
terms = [text.text() for text in one(page, 'span-effective').all('text')][:3]
ok(terms == ['48 hours', '5 business days', '10 business days'] and len(list(one(page, 'span-effective').all('line', class_='term'))) == 3, 'a line for each term')
lines = columns(one(page, 'open'))
ok(len(list(one(page, 'open').all('path'))) == len(lines) == 2 and max(lines['Mails for review']) > 1 and lines['Mails for review'][-1] == figures['review']['open'], 'the backlog is drawn, and ends with what is open now')
outcome = columns(one(page, 'outcome'))
ok(outcome == {'accepted': [figures['review']['accepted']], 'rejected': [figures['review']['rejected']], 'open': [figures['review']['open']]}, 'the outcome of reviews')
needs = [item.text() for item in one(page, 'needs').all('li')]
ok([need['text'] + need['command'] for need in figures['needs_a_person']] == needs != [], 'what needs a person, in the same order')
sections = [node.attributes['id'] for node in page.all('section')]
ok(sections[0] == 'needs', 'and before all else', str(sections))
words = [node.text() for node in next(page.all('dl', class_='words')).all('dt')]
ok('In effect' in words and 'The terms' in words, 'every clock is explained')

# ---- light and dark ----


def corner(scheme):
    """The first pixel of a picture of the page."""
    file = f'{folder}/{scheme}.png'
    browse('year.html', f'--blink-settings=preferredColorScheme={scheme}', '--window-size=900,600', f'--screenshot={file}')
    png, at, data = open(file, 'rb').read(), 8, b''
    while at < len(png):
        size = int.from_bytes(png[at:at + 4], 'big')
        data += png[at + 8:at + 8 + size] if png[at + 4:at + 8] == b'IDAT' else b''
        at += 12 + size
    return tuple(zlib.decompress(data)[1:4])


light, dark = corner(1), corner(0)
ok(min(light) > 240 and max(dark) < 50, 'light and dark, as the reader has it', f'{light} {dark}')

# ---- nothing to show ----
empty = Tree(browse('empty.html', '--dump-dom')).root
ok('No opt-out reached us in this period.' in one(empty, 'opt-out-charts').text() and not list(one(empty, 'opt-out-charts').all('svg')), 'an empty store says so, without an empty chart')
ok(one(empty, 'needs').text().endswith('Nothing.\n') and one(empty, 'opt-outs').text() == '0', 'nothing needs a person')

# ---- the file ----
inode = os.stat(f'{folder}/year.html').st_ino
again = subprocess.run([optout, 'report', '--html', f'{folder}/year.html'], stderr=subprocess.PIPE)
ok(again.returncode == 0 and os.stat(f'{folder}/year.html').st_ino != inode and not [name for name in os.listdir(folder) if name.startswith('year.html.')], 'it is written beside and renamed')
nowhere = subprocess.run([optout, 'report', '--html', f'{folder}/nowhere/r.html'], stderr=subprocess.PIPE)
ok(nowhere.returncode == 75 and nowhere.stderr.startswith(b'optout: report: ') and nowhere.stderr.count(b'\n') == 1, 'a folder that is not there is an error in one line', nowhere.stderr.decode())
print(f'1..{number}')
sys.exit(failed > 0)
