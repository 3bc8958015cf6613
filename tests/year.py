#!/usr/bin/env python3
"""A year of a made-up company's opt-outs, as a plan for tests/plant, always the same: to look at a report.

usage: tests/year.py [MAILS-A-DAY] | tests/plant CONFIGURATION

Nine mails a day on working days, fewer on others; a wave after each quarter's mailing; in the second month nobody decided on
held mails for a while; requests of people, one of them forgotten; two partners, one of them slow; two saved mailboxes were read late.
"""
import random
import sys

DAY = 24 * 60
rng = random.Random(7)
busy = float(sys.argv[1]) if len(sys.argv) > 1 else 9
plan = []  # (minutes before now, line)
number = 0


def name(kind):
    global number
    number += 1
    return f'{kind}{number}'


def add(minutes, line):
    plan.append((minutes, line))


def opt_out(when):
    global number
    scope = rng.choices(['*', 'product-updates', 'special-offers', 'events', 'product-updates,special-offers'], [60, 14, 18, 6, 2])[0]
    reason = rng.choices(['person', 'complaint', 'bounce', 'customer-service'], [78, 5, 9, 8])[0]
    channel = rng.choices(['phone', 'post', 'mail'], [5, 2, 3])[0] if reason == 'customer-service' else 'mail'
    event = name('e')
    add(when, f'out {reason} {channel} {when}m {when}m {scope} {event}')
    if reason == 'person' and rng.random() < 0.9:
        wait = rng.choices([1, 4, 45, 300, 1500, 3000, 9000, 22000], [60, 20, 10, 5, 3, 1, 0.7, 0.3])[0]
        if when > wait:
            add(when - 0.1, f'reply {name("r")} {event} {when}m sent {when - wait}m')
        else:
            add(when - 0.1, f'reply {name("r")} {event} {when}m waiting')
    if rng.random() < 0.06:
        add(when - 30, f'in {when - 30}m {scope.split(",")[0]}')


def held(when):
    sleepy = 280 * DAY < when < 310 * DAY
    wait = rng.randrange(8 * DAY, 24 * DAY) if sleepy else rng.choices([60, 300, 1100, 2500, 5000], [40, 30, 20, 7, 3])[0]
    decision = '' if wait > when else f' {"accept" if rng.random() < 0.7 else "reject"} {when - wait}m'
    add(max(when - wait, 0) if decision else when, f'hold {name("h")} {when}m{decision}')


def asked(when):
    wait = rng.choices([rng.randrange(2 * DAY, 20 * DAY), rng.randrange(20 * DAY, 29 * DAY), 36 * DAY], [80, 18, 4])[0]
    kind = rng.choices(['access', 'erasure', 'correction'], [4, 5, 1])[0]
    add(max(when - wait, when - 1) if wait > when else when - wait, f'case {name("c")} {kind} {when}m' + ('' if wait > when else f' {when - wait}m'))


for day in range(365, 0, -1):
    weekend = day % 7 in (0, 1)
    rate = busy * (0.35 if weekend else 1) * (3.2 if day % 91 in (88, 89, 90) else 1) * (1 + (365 - day) / 700)
    for _ in range(rng.randrange(int(rate * 0.6), int(rate * 1.4) + 2)):
        opt_out(day * DAY - rng.randrange(DAY - 60) - 10)
    if rng.random() < (0.2 if weekend else 0.55):
        held(day * DAY - rng.randrange(600, 1000))
    if rng.random() < (0.05 if weekend else 0.2):
        asked(day * DAY - 700)
for count, read in ((60, 200), (25, 40)):
    for _ in range(count):
        old = read * DAY + rng.randrange(3 * DAY, 90 * DAY)
        add(read * DAY, f'out person mail {old}m {read}d *')
add(330 * DAY, 'partner swift 330d')
add(330 * DAY, 'partner tardy 330d')
for day in range(329, 0, -1):
    if day % 2 == 0:
        add(day * DAY, f'hand swift {day}d {day * 24 - 3}h')
    if day % 14 == 9:
        add(day * DAY, f'hand tardy {day}d' + (f' {day - 6}d' if day > 20 else ''))
add(33 * DAY, 'case overdue1 access 33d')
add(50, f'reply {name("r")} e1 50m failed 20m')
add(40, f'reply {name("r")} e1 40m uncertain')

for _, line in sorted(plan, key=lambda one: -one[0]):
    print(line)
