"""The sentences that the sentiment plugin is compared on: written by hand or composed of parts."""

import random

# One a line, with Python's escapes.
HAND_WRITTEN = r"""
The soup was good.
The soup was bad.
The soup was hot.
What a wonderful little harbour town this is
I hate waiting in the rain.
The GREAT hall was closed for repairs.
THE GREAT HALL WAS CLOSED FOR REPAIRS
The great hall was CLOSED for repairs.
A terrible, horrible, miserable afternoon.
She smiled, laughed and danced all evening!
He lied, cheated and stole from his friends!!
The engine died and nobody cared.
Our neighbours are kind and generous people.
The kind of person who helps strangers.
It was kind of good, in a sad way.
It was Kind Of lovely.
That is sort of awful.
We had just enough joy to go on.
We had just enough real joy to go on.
There is a kind of quiet happiness in here.
These are the kind of tools I love.
These are sort of nice tools.
It was a kind gesture.
Kind of
kind
Never so happy in my life.
I was never so happy.
I was never this happy with a bicycle.
I was never really this happy with a bicycle.
I was never happy with that bicycle.
Never again this awful hotel.
It never was this bad.
Without doubt a success.
Without a doubt a success.
Without any doubt a great success.
Without doubt great success.
Without hope, without joy, without love.
It is so good.
It is this good.
It was never quite so bad.
We are not so happy, nor are we sad.
Neither good nor bad.
No.
no
NO
No good came of it.
No real good came of it.
There is no love or joy left in this house.
There is no love nor joy left in this house.
There is no great love or joy left.
No problem, it was a pleasure.
She said no to the evil plan.
She said no
No no no good
NO fun at all
He has no fear and no doubt.
It isn't good.
It ISN'T good.
It isnt good.
It is not good.
It is NOT good.
It is not a good idea.
It is not a very good idea.
It is not at all a good idea.
It is not, by any measure, a good idea.
I can't stand it.
I can't say it was fun, and I couldn't laugh.
You mustn't worry about the damage.
They hardly ever win.
They rarely win, they seldom win.
Despite the awful weather we won.
Nothing good ever happens at night.
Nowhere nice to sit, nothing nice to eat.
It was uh-uh bad.
The ain't-so-funny clown
This didn'tgood word negates nothing
The don't in fooDON'Tbar great case
It is the least interesting part.
It is at least interesting.
It is the very least interesting part.
Least interesting part
least good
At least good
at the least good
He is the LEAST helpful clerk in town.
The least of my worries, happily.
This lamp is very good.
This lamp is VERY good.
This lamp is very GOOD.
This lamp is VERY GOOD!
VERY GOOD LAMP!
This lamp is extremely, extremely good.
This lamp is extremely and honestly good.
This lamp is extremely plain and good.
This lamp is slightly good.
This lamp is SLIGHTLY bad.
This lamp is barely, if ever, good.
This is such a fricking good lamp
An incredibly, unbelievably, totally bad lamp.
Less pain, more joy, little hope.
More pain, less joy, most hope.
Marginally better, occasionally worse, somewhat sad.
The food was good but the service was bad.
The food was bad but the service was good.
But the food was good.
The food was good, but
The food was good, BUT the service was BAD!
The food was good but the wine was good.
The food was good but the wine was good but the bread was bad.
Good but good but good.
Bad but bad but good but bad
Great, great, great but great, great, great.
The happy, happy end but a sad, sad start but a happy, happy middle.
It rained but nobody minded.
but but but
I love it, but I admit that I accept it.
The best of us admit it but accept the bargain, the benefit and the gorgeous view.
The butter was good; the rebuttal was bad.
The food was good, but, and this is sad, the service was bad!?
This show is the bomb.
I think that this show is the bomb.
This band is the shit, honestly.
Yesterday's concert was the shit
Well, that is one bad ass bike.
Oh, he is a real badass now.
We met him at the bus stop.
We met a happy man at the bus stop.
They said it was good, yeah right.
Oh sure, yeah right, great plan
To all of us that was the kiss of death.
This cake is to die for.
The grandmother's cake is truly to die for.
Her warm beating heart was full of love.
With a beating heart they waited.
My poor beating heart stops for nobody
He was left for dead, hand to mouth, in the red.
She will break a leg on the ball.
That idea has the upper hand and cuts the mustard.
The committee called it a kiss of death project.
A kiss of death and the bomb
Great!
Great!!
Great!!!
Great!!!!
Great!!!!!
Great!!!!!!!!!!
Bad!
Bad!!!!!
Chair!!!!
Great?
Great??
Great???
Great????
Great?????????
Bad??
Bad?!?!?!
Great!?
!!!
???
!?!?!?!?
...
, . ; :
Is it good? Is it bad? Is it ugly?
! great ! thing !
:)
:(
:-)
:-(
;)
:D
:P
xD
XD
<3
</3
:'(
:/
:-/
:\\
=)
8)
>:(
(:
o.O
O.o
:))
:)))
:-)))))
Nice one :)
Nice one :) :) :(
Nice one:)
(Nice one :) )
We lost again :( but the fans sang :)
lol
LOL
lol that was funny
rofl, lmao and so on
btw this sux
SUX to be you, ha
The wifi here SUCKS!!
it's meh
\U0001F600
\U0001F602\U0001F602\U0001F602
\U0001F62D
I love you \U0001F618
I love you\U0001F618
\U0001F618love
\U0001F618 love
Nice\U0001F600day
so \U0001F60D happy
not \U0001F60D happy
\U0001F494 broken
\u2764
\u2764\ufe0f forever
\u2620 danger
\u00a9 2019 happy press
\u00ae happy
\U0001F44D\U0001F3FD
\U0001F468\u200d\U0001F469\u200d\U0001F467 family trip
\U0001F1EB\U0001F1F7 summer
\U0001F51B great
\U0001F199 great
\U0001F197
\U0001F198
\U0001F192 stuff
\U0001F21A offer
\U0001F610 whatever \U0001F4A9
\U0001F525\U0001F525 deal!
\U0001F389party\U0001F38A
Sad\n\U0001F622
Sad\t\U0001F622\u00a0day
"Good"
'good'
\u201cgood\u201d
\u2018good\u2019
it isn\u2019t good
it isn't 'good'
"not" good
(very) good
**very** *good*
#good #bad
@good_guy
good,bad
good, bad
good-bad
good/bad
good...bad
good.bad.ugly
$$good$$
...good...
--good--
good\u2026
\u00a1good!
\u00bfgood?
good\u3002
go od
a
I
ok
OK
OK OK ok
K.
(ok)
'ok'
no!
(no)
"no"
NO!
ha
\u00c9POUVANTABLE good
\u00e9pouvantable GOOD
\u00c9t\u00e9 GOOD
\u00c9T\u00c9 good
\u00c9T\u00c9 GOOD
STRA\u00dfE good
STRASSE good
\u0130stanbul is good
\u0130STANBUL is good
\u041f\u0420\u0418\u0412\u0415\u0422 good friend
\u043f\u0440\u0438\u0432\u0435\u0442 GOOD friend
\u4f60\u597d GOOD
\u4f60\u597d good
\u01c5 good
\u01c4 good
\u01c6 GOOD
\u00aa good
\u00aa GOOD
\u2160 good
\u2170 GOOD
\u24b6 good
\u212aind words
good li\u212ae
\u212ail\u212a good
\u212ainda GOOD
\u212aill it
no\u0308 good
caf\u00e9n't good
\u00e9n't good
na\u00efve but good
(o\u212a)
(o\u212a) then
\u01c5ABC good chair
\u01c5ABC GOOD
good\u00a0bad
good\u2003bad
good\u3000bad
good\u2028bad
good\u0085bad
good\u1680bad
good\u200bbad
good\ufeffbad
good\u001cbad
good\u001fbad
good\u000bbad
good\u000cbad
good\u0000bad
good\u0000
\u0000
good\tbad
good\nbad
good\r\nbad
  good  
\tgood
good\n
very\u00a0good
not\u2003good
not\nvery\tgood
at\u00a0least good
caf\u00e9 culture is so fun
r\u00e9sum\u00e9 was great
The f\u00eate was gr\u00e8at
\u0391\u0393\u0391\u03a0\u0397 is love
\u0430bandon good
fed up
screwed up
can't stand
can't  stand
well-being and ill-being
self-confident, self-destructive
uncompassionate and overjoyed tenderheartednesses
impressionistically good
disadvantageousness, intellectualization
supercalifragilisticexpialidociouswords good
a-very-long-hyphenated-compound-word-that-is-no-word GOOD
GOODBAD goodbad
good GOOD Good gOOD GooD
VeRy good
123 good
123 GOOD
3D GOOD
3d GOOD
100% good
A+ GOOD work
good A
good I
HAPPY happy HAPPY
happy. Happy. HAPPY.
The NASA team was happy.
USA is GREAT
"""

NEGATIONS = (
    "not never isn't won't cannot without nothing hardly rarely despite nope WASN'T Neither".split()
)
BOOSTERS = "very extremely so VERY barely kinda sort-of slightly SOMEWHAT most less UTTERLY".split()
WORDS = "good bad happy sad love hate great awful LOVELY UGLY fun pain hope fear win lose".split()
FILLERS = "the a really-old chair table of walks 7 on and, Monday (grey) its".split()
ENDS = [
    "",
    ".",
    "!",
    "!!",
    "!!!",
    "!!!!!",
    "?",
    "??",
    "???",
    "?????",
    "!?",
    "?!?!",
    " :)",
    " :(",
    "\u2026",
]
NOUNS = "film book soup team phone trip song city".split()
IDIOMS = [
    "the bomb",
    "the shit",
    "bad ass",
    "bus stop",
    "yeah right",
    "kiss of death",
    "to die for",
    "beating heart",
    "kind of",
    "sort of",
    "just enough",
    "at least",
    "the least",
    "very least",
    "never so",
    "never this",
    "without doubt",
    "without a doubt",
    "no",
    "nor",
    "but",
    "this",
    "so",
]
EMOJI = list("\U0001f600\U0001f622\U0001f494\U0001f44d\U0001f4a9\U0001f51b\U0001f680\u2764\u263a")
SPACES = [" "] * 10 + ["  ", "\t", "\n", "\u00a0", "\u2009", "\u3000", "\r\n"]
# Half of 3.2 is 1.6 and half of that 0.8; half as much again as 2.0 is 3.0: "but" makes them equal.
EQUALS = """love best freedom accept admiring bargain admit benefit cares gorgeous heavenly
betrayed dismal argument adverse awful alone bore chair""".split()
FOREIGN = """\u00e9t\u00e9 \u00c9T\u00c9 \u041c\u0418\u0420 \u043c\u0438\u0440 \u4e2d\u6587
Stra\u00dfe \u01c5ep \u212aIND na\u00efve""".split()


class Parts:
    """Draws that are the same with every Python: only random() is promised to be."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def one(self, items):
        return items[self.below(len(items))]


def composed():
    parts = Parts(2014)
    for negation in NEGATIONS:
        for distance in range(4):
            gap = [parts.one(FILLERS) for _ in range(distance)]
            yield " ".join(
                ["The", parts.one(NOUNS), "was", negation, *gap, parts.one(WORDS)]
            ) + parts.one(ENDS)
            yield " ".join([negation, *gap, parts.one(WORDS), "and", parts.one(WORDS)])
    for booster in BOOSTERS:
        for distance in range(4):
            for word in ("good", "bad", parts.one(WORDS).upper()):
                gap = [parts.one(FILLERS) for _ in range(distance)]
                yield " ".join([parts.one(NOUNS), "is", booster, *gap, word]) + parts.one(ENDS)
    for idiom in IDIOMS:
        for _ in range(12):
            before = [parts.one(FILLERS + WORDS + NEGATIONS) for _ in range(parts.below(5))]
            after = [parts.one(FILLERS + WORDS) for _ in range(parts.below(4))]
            phrase = idiom.upper() if parts.below(5) == 0 else idiom
            yield " ".join([*before, phrase, *after]) + parts.one(ENDS)
    for _ in range(120):
        words = [parts.one(WORDS[:6] + FILLERS[:4]) for _ in range(2 + parts.below(12))]
        for _ in range(1 + parts.below(2)):
            words.insert(parts.below(len(words) + 1), parts.one(["but", "but", "But,", "BUT"]))
        yield " ".join(words) + parts.one(ENDS)
    for length in [3, 4, 5, 6, 8, 12, 20] * 10 + [70, 90, 120, 300]:
        words = [parts.one(EQUALS) for _ in range(length)]
        words.insert(parts.below(length + 1), "but")
        yield " ".join(words)
    for _ in range(80):
        words = [
            parts.one(EMOJI + WORDS + FILLERS[:3] + NEGATIONS[:2])
            for _ in range(1 + parts.below(8))
        ]
        yield "".join(w + parts.one(["", " ", " ", "!"]) for w in words)
    for _ in range(80):
        words = [
            parts.one(FOREIGN + WORDS + BOOSTERS + NEGATIONS) for _ in range(1 + parts.below(8))
        ]
        yield "".join(w + parts.one(SPACES) for w in words)
    everything = WORDS + WORDS + FILLERS + NEGATIONS + BOOSTERS + IDIOMS + NOUNS + EMOJI + FOREIGN
    for _ in range(220):
        text = ""
        for _ in range(1 + parts.below(25)):
            word = parts.one(everything)
            shape = parts.below(12)
            word = word.upper() if shape == 0 else word.capitalize() if shape == 1 else word
            if parts.below(8) == 0:
                word = parts.one(['"', "(", "'", "#", "..."]) + word
            text += word + (parts.one(ENDS) if parts.below(5) == 0 else "") + parts.one(SPACES)
        yield text
    # Longer than the plain search of the contrast rule, with equal values before and behind it.
    for length in (65, 90, 200, 700):
        for at in (1, length // 3, length - 2):
            words = [parts.one(WORDS[:8] + BOOSTERS[:3] + NEGATIONS[:1]) for _ in range(length)]
            words[at] = "but"
            yield " ".join(words)


def sentences():
    """All of them, each once, in a fixed order."""
    blank = ["", " ", "\n\t ", "\u00a0", "\u3000\u2028"]
    written = [
        line.encode("ascii").decode("unicode_escape") for line in HAND_WRITTEN.split("\n") if line
    ]
    return list(dict.fromkeys(blank + written + list(composed())))
