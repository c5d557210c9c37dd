"""What a text is about, as far as an owner sets rules by it: a bug, an invoice, a call, a brief, an estimate.

Stems in the spelling of `letters.plain`, Russian and Bulgarian in one table. A topic only chooses an answer time or a
channel, so a doubtful word is left out: what is missed is answered like any other message.
"""

import re

from bot.core.kinds import BRIEF, BUG, CALL, ESTIMATE, INVOICE
from bot.core.verdict import Language
from bot.triage.language import hear
from bot.triage.letters import is_latin, plain
from bot.triage.lexicon import either, loose

# A word or two may stand between a verb and its noun: «выставьте, пожалуйста, счёт».
_NEAR = r"\W+(?:\w+\W+){0,2}?"
_SEND = r"(?:выстав\w+|присла\w*|пришл\w+|скин\w+|отправ\w+|сдела\w+|сформир\w+|подготов\w+|нужен|нужны|жду|ждем)"
_COUNT = r"(?:рассчита\w*|посчита\w*|просчита\w*|подсчита\w*|прикин\w+|оцени(?:т|те|шь)?|назов\w+|скажи\w*|узнат)"
_COST = r"(?:стоимост\w*|цен[ауы]|сумм[ауы]|бюджет\w*)"

# What a long text is about it says early; four screens of it are enough.
_LONGEST = 2000

_STEMS: dict[str, tuple[str, ...]] = {
    ESTIMATE: (
        r"смет(?:а|ы|у|е|ой|ою|ам|ах|ами)?\b(?!ка)",  # Bulgarian «сметка» is a bill or an account
        r"коммерческ\w+ предложени\w*",
        r"кп\b",
        r"калькуляци\w+",
        rf"{_COUNT}{_NEAR}{_COST}",
        rf"(?:расчет|оценк)\w*{_NEAR}{_COST}",
        r"сколко (?:это |все |мне )*(?:будет стоит|обойдется|выйдет по денгам|возмете|вы возмете|вы берете)",
        r"во сколко (?:это |мне |нам )*обойдется",
        r"оферт(?:а|ата|и|ите)\b",
        r"оферирай\w*",
        r"ценов\w+ предложени\w+",
        r"калкулаци\w+",
        r"количествен\w+.стойностн\w+ сметк\w+",
        r"ксс\b",
        r"колко (?:ще |би |ни |ми )*(?:струва\w*|излезе|излиза|вземеш|вземете)",
    ),
    INVOICE: (
        rf"{_SEND}{_NEAR}(?<!на )(?<!за )счет(?:а|ик)?\b(?! в банк)",
        r"счет\w* (?:на оплату|на предоплату|на аванс|за (?:работ|услуг|месяц|проект|этап))",
        r"(?:опла\w+|подпис\w+) (?:ваш |по |этот )*счет(?:а|у)?\b",
        r"счет\w*.фактур\w+",
        r"инвойс\w*",
        r"инвоис\w*",
        r"invoice\w*",
        r"закрывающи\w+",
        r"акт\w* (?:выполненн\w+|сдачи|сверки|об оказани\w+|приемк\w+)",
        r"фактур(?:а|ата|и|ите|ка|ы|у|е)\b",
        r"проформ\w+",
    ),
    BUG: (
        r"баг(?:а|и|ов|у|ом|е|ах|ами|репорт\w*)?\b",
        r"(?:на|с|в) ошибк\w+",
        r"(?:выда|пока|пиш|вылез|выска|появ|лови|дает)\w*" + _NEAR + r"ошибк\w+",
        r"ошибк\w+ (?:\d+|на сайте|при|в)",
        r"не (?:работа\w+|открыва\w+|загружа\w+|груз\w+|запуска\w+|отправля\w+|сохраня\w+|отобража\w+)",
        r"глюч\w+",
        r"лага(?:ет|ют|ло|ла)\b",
        r"сбо(?:й|и|я|ем|ю|ев|ит|ил)\b",
        r"слома(?:л|ла|лас|лся|лос|лис|но|на|ны)\w*",
        r"(?:завис|вис)(?:ает|ают|ло|ла)\b",
        r"бъг(?:а|ът|ове|овете|ва)?\b",
        r"(?:дава|показва|изписва|излиза|изкарва|хвърля)\w*" + _NEAR + r"грешк\w+",
        r"грешк\w+ (?:\d+|на сайта|при|в)",
        r"не (?:се )?(?:работи|отваря|зарежда|изпраща|запазва|показва|стартира|тръгва)\w*",
        r"(?:забива|блокира|гърми|срива се|се срива|се счупи|се е счупил\w*)\b",
    ),
    BRIEF: (
        r"бриф(?:а|у|ом|е|ы|ов|ът|ове|овете|инг\w*)?\b",
        r"тз\b",
        r"тех\w*\.? ?задани\w+",
        r"задани[ея]\w* (?:за|на|по) (?:дизайн|сайт|разработ|проект|лого|проектиране)\w*",
        r"списо?к\w* (?:с )?(?:требовани|изисквани)\w+",
    ),
    CALL: (
        r"созвон\w*",
        r"(?:позвон|перезвон)(?:и|ите|ит|ить|им|ю|ишь|ить|ете)\b",
        r"наб(?:ери|ерите|рат) (?:меня|мне|вас|тебя)",
        r"(?:голос|телефон)\w* (?:поговор|обсуд)\w+",
        r"(?:поговор|обсуд)\w+" + _NEAR + r"(?:по телефону|голосом|в зуме|по зуму|по видео)",
        r"(?:зум|zoom|колл|видеозвонок|видеовстреч\w+)\b",
        r"(?:назнач|заплан|на|короткий|быстрый) ?\w* звон(?:ок|ка|ке)\b",
        r"(?:да )?(?:се )?чуем(?: се)?(?: по)?(?= ?(?:по телефон|утре|днес|в |към|след|за|когато|кога|\?|$))",
        r"обад(?:и|ете|иш|ите|я)\b",
        r"(?:звън(?:ни|нете|неш|нете|на)|връзни)\b",
        r"(?:говорим|обсъдим)" + _NEAR + r"(?:по телефона|по телефон|онлайн|в зума|по видео)",
        r"(?:видео)?разговор по телефона?",
    ),
}
_PATTERNS = {topic: loose(rf"(?<!\w){either(stems)}") for topic, stems in _STEMS.items()}


def topics(text: str) -> frozenset[str]:
    """The topics of a text, by the names of `core.kinds`; none for most texts. Never raises."""
    text = text[:_LONGEST]
    language = hear(text).language if is_latin(text) else None
    words = re.sub(r"\s+", " ", plain(text, language or Language.RU).text)
    return frozenset(topic for topic, pattern in _PATTERNS.items() if pattern.search(words))
