"""What a text is about, as far as the owner's lessons compare it: the harms it tells of, and its telling words.

A telling word is one that the owner would know the matter by: «касса», «переносится». Words of every day, of time and
number, of greeting and of alarm tell nothing, and two texts must not look alike because of them.
"""

import re

from bot.core.lessons import Matter, Word
from bot.core.verdict import Language
from bot.triage.evidence import ALARM, HAPPENED
from bot.triage.language import latin_language
from bot.triage.letters import LINK, plain
from bot.triage.lexicon import either

WORDS = 8
# What a text is about it says early (`topics`); four screens of it are enough.
_LONGEST = 2000
_WORD = re.compile(r"[^\W\d_]{4,}")

# The commonest words of the corpus (each in more than one message of two hundred), without those that name a thing; of
# words that bend the beginning, in the spelling of `letters.plain`.
_WORDS = """
from have hello please thanks that there this what when with your беше болше будет будут была были было ваша ваше
вашего вашей вашем ваши вашу весь вече виде видим видях вижда вместо вообще вообщо време время вроде всего всей всеки
всем всех всички всичко всяка второ второй вчера даже дали двадцат двадцати двам двама двух девет десет десят дней
днем днес добре дойде дома друг друга друго другой един една едни едно если ждем ждет ждут завтра защо защото знае
знаете знам знаю идва идет изобщо имам имаме имат имате имаш иначе иска искам искаме искат искате кажете кажется каза
казах казва какая каква какви какво какие какой както като клиент кога когато когда кого което които който колко кому
която куда къде ладно лучше люде люди малко мало между мене меня мерси мина мине минут минута минути минуты мног много
мога могу може можем можете можеш можна можно моля надо нали наша наше наши него нему нещо никой никто ничего нищо
нужен нужна нужно нужны някой няма нямам нямаме обаче один одна одно одного окей около опять осем откуда отново очен
перед пети пита питам пиша пише пишет пишу повече пока помалко после последно потом потому почему почти прав прави
прати пред през прислал пришлите просто прошу прямо пята работа работу раза сайт сайта сайте сайтът сама сами само
себе сега сегодня сейчас сказал сказала сколко след снова сразу став става стал стана стои стоит стоят супер съвсем
тази така такая такое такой такъв твой твоя тебя тези тепер това тогава тоже този толко точно трех тридцат туда тука
тысяч тысячи утра утре утро утром хиляди хора хората хорошо хотим хотите хотя хочет хочу чака чакам чакаме часа часов
часът чего чему через четири четыре човек чтоб чтобы шест этого этом этот ясно
"""
_STEMS = """
август апрел благодар болш вечер вопрос воскрес вторник въпрос говор годин декабр декемв добри добро добры добър
договорих звънн здравей здравст интерес клиент красив март месец месяц минал момент набер напиш недел нибуд ноемв
ноябр обад обажд обед обяд октомв октябр ответ отвеч отговор отличн перезвон петък пишит погледн погляд подскаж
пожалуйст позвон поздрав половин понедел последн посмотр прекрасн привет приветств приятн прошл пятниц работ свърж
свяжит седмиц секунд сентябр септем скажит следващ следующ случа спасиб спокойн спрашив срочно суббот сутрин събот
трябв уважаем феврал хорош хубав человек четверг четвърт январ
"""
_TELLS_NOTHING = re.compile(rf"{either(frozenset(_WORDS.split()))}|{either(frozenset(_STEMS.split()))}\w{{0,5}}")


def matter_of(text: str, *, owner: str = "") -> Matter:
    """What the text is about. Never raises; `owner` is the owner's name, by which any text may address them."""
    text = LINK.sub(" ", text[:_LONGEST])
    reading = plain(text, latin_language(text) or Language.RU)
    names = [name[:4] for name in plain(owner, Language.RU).text.split()]
    words: dict[str, Word] = {}
    for match in _WORD.finditer(reading.text):
        key = match.group()
        if not (key.startswith(tuple(names)) or ALARM.match(key) or _TELLS_NOTHING.fullmatch(key)):
            words.setdefault(key, Word(key, reading.quote(*match.span()).lower()))
    # Of many the longest: they are the rarest, too. In the order of the text.
    kept = sorted(words.values(), key=lambda word: -len(word.key))[:WORDS]
    harms = tuple(code for code, pattern in HAPPENED if pattern.search(reading.text))
    return Matter(harms, tuple(word for word in words.values() if word in kept))
