"""Facts that can be read from a text, beside what the model feels: what happened, what is denied, when it is due.

Each fact is a feature of the model and may become a reason of the verdict, with the client's own words as its detail.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.verdict import Because, Label, Language
from bot.triage.deadlines import Deadline, choose
from bot.triage.guards import asks_about
from bot.triage.language import hear
from bot.triage.letters import Plain, plain
from bot.triage.lexicon import loose
from bot.triage.windows import end_of_next_working_day

# Patterns over plain text (small letters, no ё, no ь), both languages together. What happened, first: reasons to wake.
HAPPENED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, loose(rf"\b(?:{pattern})"))
    for code, pattern in (
        (
            "outage",
            r"не работа\w+|не работи\w*|не открыва\w+|не отваря\w*|не груз\w+|не заре\w+|упал\w*|лежит\b|"
                r"лежат\b|лег(?:на|нал|нала|ла|ли)?\b|"
            r"падна\w*|рухнул\w*|сломал\w*|счупи\w*|слетел\w*|отвалил\w*|гърми|гръмна\w*|зависа\w*|"
                r"зависл\w*|увисна\w*|заби(?:ва|л)\w*|"
            r"бял екран|белый экран|белая страница|бяла страница|черный экран|черен екран|недоступ\w+|"
            r"(?:ошибк|грешк)\w*\s(?:50\d|40\d)|50[0234]\b|timeout|таймаут|down\b|crash\w*|не отвечает|"
                r"не тръгва\b|не се отваря|"
            r"не отправля\w+|не приход\w+|не идва\w*|не изпраща|не вклю\w+|не запуска\w+|не стартира|"
                r"изчезна\w*|пропал\w*|исчез\w*|"
            r"изтри\w*|стерл\w*|затри\w*|спря\w*|встал[аио]?\b|не печат\w+|не виж?д\w+|"
                r"(?:is|are|went|goes|all) down|(?:doesn|isn|won|can)'?t (?:work|load|open|log|check|order)|"
                r"not (?:working|"
                r"respond\w+)|broken|failing|failed|unreachable|refused|fatal\b|out of memory|exited with|offline\b|"
                r"white screen|internal server|service unavailable|instancedown|timed out|every(?:thing| page)",
        ),
        (
            "payment",
            r"оплат\w+ не|не проход\w+|списал\w*|списыва\w+|двойн\w+|удво\w+|двукратно|дважды|два пати|"
                r"два пъти|плащан\w+|не плаща|"
            r"платежк\w+|эквайринг\w*|терминал\w*|карт(?:а|у|ата|ите)\b|реквизит\w*|касс[аеуы]\b|касата|"
                r"запорир\w*|арестова\w*|"
            r"зарплат\w*|заплат[аи]\w*|изтегл\w+|парите|денг[иа]\b|payments?\b|checkout|charged|can'?t pay|"
                r"nobody can pay|"
                r"(?:los(?:e|ing)) (?:money|orders)",
        ),
        (
            "security",
            r"взлом\w*|хакн\w*|хакер\w*|хакват|угнал\w*|увели\b|фишинг\w*|шифровал\w*|выкуп\w*|откуп\w*|"
                r"парол\w+ (?:смен|не прием)\w*|"
            r"сменил\w* парол\w*|чуж(?:ой|ие|ая|ую|д\w*)|мошен\w*|измам\w*|утечк\w*|изтич\w+ данни|"
                r"вирус\w*|откраднат\w*|украл\w*|крипт\w*|"
            r"биткойн\w*|биткоин\w*|влез\w+ в акаунта|разлог\w*|hacked|breach|leaked|stolen|scam",
        ),
        (
            "published",
            r"опубликова\w*|вышл[аои]\b|в эфир\w*|в печат\w*|на печат|тираж\w*|разосла\w*|рассылк\w+ уш\w+|"
                r"публикуван\w*|излез\w+|излязъл\w*|"
            r"разпрат\w*|в ефир\w*|печата\w*|висит\b|виси\b|замаж\w+|свали\w*|снимите|убери\w*|все видят|"
                r"всички виждат|лепят|клеят|went out|is live\b|wrong price",
        ),
        (
            "meeting",
            r"встреч\w+|созвон\w*|перенес\w*|переехал\w*|отмен\w+|сдвинул\w*|среща\w*|срещата|отпада\w*|"
                r"отлага\w*|мести\b|местим|смених\w*|"
            r"не приезж\w+|не идвай\w*|не тръгвай\w*|не выезж\w+|закъсня\w+|опозда\w+|залата|презентац\w+|"
                r"эфир|прожекц\w+|разпит\w*",
        ),
        (
            "blocked",
            r"ждут|ждем|стоим|стоят|сидим|сидят|чакат|чакаме|стоя пред|пред вратата|у двери|не пуска\w*|"
                r"не впуска\w+|очеред\w*|опашк\w+|"
            r"заключен\w*|заперт\w*|изхвърля|простаива\w*|не могу войти|не мога да вляза|хората|гости\w*|"
                r"залата е пълна|шофьор\w*|курьер|куриер\w*",
        ),
        (
            "legal",
            r"суд(?:а|е|у|ебн\w*|ът|ът)?\b|приста[вв]\w*|налогов\w+|фнс\b|нап\b|инспек\w*|нотариус\w*|"
                r"прокурат\w*|иск(?:а|ът|овое)?\b|жалб[аы]\w*|"
            r"штраф\w*|глоб[аи]\w*|провер(?:к|яв)\w*|деклараци\w+|обжалва\w*|апелляц\w*|призовк\w*|пени\b|"
                r"пеня|цаис|запор\b|дело(?:то)?\b",
        ),
        (
            "safety",
            r"пожар\w*|горит\b|дым\w*|пуше[кц]\w*|пахнет|мирише|искр\w*|газ(?:ом)?\b|потоп\w*|наводн\w*|"
                r"теч[еь]\w*|хлещет|кров\w*|скор(?:ая|ую)\b|"
            r"линейк\w*|болниц\w*|больниц\w*|темпер\w+ 3\d|таблетк\w*|доз[аи]\w*|аллерг\w*|тока?\b|"
                r"замерз\w*|ток удар\w*|задиша\w*|диша",
        ),
    )
)  # fmt: skip

# What takes the edge off.
SOFTENED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, loose(rf"(?:{pattern})"))
    for code, pattern in (
        (
            "not_urgent",
            r"\bне ?срочно|\bне горит|\bне к спеху|\bне тороп\w*|\bне спеш\w*|\bторопит\w* н\w+куда|"
                r"\bспешит\w* н\w+куда|когда удобно|"
            r"как будет время|когда будет время|при случае|на досуге|\bне е спеш\w*|\bне бърза\w*|"
                r"not urgent|no rush|when you (?:have|get)|whenever you|"
                r"няма бърза\w*|няма зор|когато можеш|"
            r"когато можете|когато имаш време|когато имате време|като ти остане време|при възможност|"
                r"без бързане|не гони|терпит|"
            r"може да почака|може да изчака|подожд[её]т\b|без спешк\w*|без суеты|не к спех\w*|спокойно|"
                r"в своем ритме|по возможност\w+|"
            r"руки дойдут|стигнеш дотам|времени вагон|имаме време|има време|не е зор|не дав\w+|не пожар|"
                r"никто не умер|нищо спешно",
        ),
        (
            "hypothetical",
            r"\b(?:а )?что если|\bчто будет,? если|\bкакво ще стане,? ако|\bкакво става,? ако|\bами ако|"
                r"(?:^|[.!?\n,] ?)(?:а |и |ну )?(?:если|ако)\b|"
            r"\bдопустим|\bпредполож\w+|\bда речем|\bпредстав[ьи]\w*|\bв случае|\bза всеки случай|"
                r"\bна всякий случай|\bна случай|\bда предположим|"
            r"\bтеоретич\w+|\bесли вдруг|\bесли бы|\bwhat (?:happens )?if|^if the",
        ),
        (
            "resolved",
            r"\bуже (?:все )?(?:решил\w*|решено|поч[иі]нил\w*|работает|заработал\w*|исправ\w*|восстан\w*|"
                r"вернул\w*|разобрал\w*|неактуал\w*|ок\b|норм\w*|поднял\w*|сам\w*)|"
            r"вече (?:е |са |го |я |се |всичко )*(?:реш\w+|оправ\w+|работи\w*|тръгна\w*|ок\b|наред|"
                r"върна\w*|поправ\w+)|все решил\w*|решилось|"
            r"разобрал(?:ся|ис|ас)|оправих\w*|оправи се|оправиха|се оправи|заработал\w*|поднял(?:и|ся|ас)|"
                r"восстановил\w*|починил\w*|реших\w*|"
            r"неактуально|не актуал\w*|отбой\b|ложная тревога|фалшива тревога|вс[её] (?:в порядке|хорошо|"
                r"ок|цел\w*|на месте)|всичко е наред|"
            r"\bresolved|\brecovered|works again|back up\b|false alarm|is up\b|(?:all|it.s) (?:good|fine) now|"
                r"нищо не се губи|вернули|върнаха|тръгна\b|нормално вече|теперь (?:все )?норм\w*|сега е наред|"
                r"сега работи|обошлос|размина се",
        ),
        (
            "elsewhere",
            r"\bвчера\b|\bснощи\b|\bлани\b|\bминалата\b|\bв прошл\w+|\bминали\w+|\bкак-то\b|\bоднажды|"
                r"\bведнъж|\bнякога|\bна прошлой",
        ),
        (
            "of_others",
            r"\bу (?:сосед\w+|друз\w+|знаком\w+|коллег\w+|подру\w+|сестр\w+|брат\w+|конкурент\w+|одн\w+ \w+)\b|"
                r"\bна (?:един|една|едни|мой|моя|моята) (?:приятел\w*|колежка\w*|колега\w*|съсед\w*|познат\w*)|"
                r"\bпри (?:съсед\w*|конкурент\w*|един\w* \w+)\b|\bрассказ[аы]\w+|\bразказ\w+|\bразправя\w*|"
                r"\bв новостях|\bпо новините|\bпрочитал\w*|\bпрочетох|\bчетох\b|\bвспомн\w+|\bпомни(?:те|ш|м)\b|"
                r"\bсестра ми|\bбрат ми|\bприятел\w* ми",
        ),
        (
            "question",
            r"\bсколко сто\w+|\bколко струва|\bкакво струва|\bможно ли\b|\bможе ли\b|\bкак лучше|"
                r"\bкак е по-добре|\bкогда (?:сможете|будет|ждат)|"
            r"\bкога ще|\bберете ли|\bберетес|\bправите ли|\bподскаж\w+|\bпосоветуй\w*|\bсъвет\w*",
        ),
    )
)  # fmt: skip

ALARM = loose(
    r"\b(?:emergency|срочн\w+|асап|asap|горим?|горит|спешн\w*|веднага|немедлен\w*|незабавн\w*|sos|сос|help|хелп|"
    r"помогите|(?<!за )помощ\w*|спасай\w*|спасете|"
    r"критич\w*|urgent\w*|авари\w*|экстренн\w*|катастроф\w*|капец|ужас\w*|тревог\w*|караул|пожар|бързо|"
    r"неотлож\w*|кошмар\w*|важно|беда|бедствие)"
)
_CONTACT = loose(
    r"\b(?:перезвон\w+|позвон\w+|наберит\w*|набери|свяжит\w*|ответ[ьи]\w*|откликн\w*|обади\w*|звънни|"
    r"звънн\w+|свърж\w+|отговор\w*|на связ\w+|"
    r"нужен|нужны|нужна|трябваш|трябвате|лично|поговорит|да говорим|разговор)"
)
_SOCIAL = loose(
    r"^\W*(?:здрав\w*|привет\w*|добр\w+ (?:утро|день|ден|вечер\w*|дня|времени)|доброго \w+|здрасти|здр|"
    r"hi|hello|hey|thanks?|thank you|thx|perfect|great|sounds good|got it|see you|good (?:morning|day|evening)|"
    r"спасибо\w*|спс|благодар\w*|мерси|10х|"
    r"ок(?:ей)?|хорошо|ладно|понял\w*|добре|супер|отлично|ясно|разбрах|ага|да|договор\w*|принято|"
    r"с праздник\w*|честит\w*|поздрав\w*|"
    r"лека нощ|спокойной|хорошего|приятн\w*|хубав\w*|до скоро|чао|пока|👍|👌|🙏|❤|пожалуйста|няма защо|моля)\b"
)
# «Ну всё, до завтра!»: nothing but words of parting.
_FAREWELL = loose(
    r"\W*(?:(?:ну|все|ладно|ок|окей|хорошо|аиде|хайде|аиде|айде|чао|пока|добре|тогда|тогава|спасибо|благодаря|мерси|и|bye)\W+)"
    r"{0,5}(?:до (?:завтра|утре|встреч\w*|скор\w*|связи|понеделник\w*|вторник\w*|сред[ыа]|сряда|четверга|четвъртък|"
    r"пятницы|петък|събота|субботы|неделя|воскресен\w*|вечера)|see you(?: tomorrow| soon)?|ще се (?:видим|чуем) утре)"
    r"(?:\W+(?:тогда|тогава|и|хороших|хорошего|приятного|хубав\w*|приятн\w*|лека|спокойной|вечер[ае]?|дня|ден|нощ|ночи|"
    r"выходных|уикенд|чао|пока)){0,4}\W*"
)
_TOPIC = loose(
    r"\b(?:баннер\w*|банер\w*|заголов\w*|заглави\w*|кнопк\w*|бутон\w*|плакат\w*|постер\w*|ролик\w*|клип\w*|"
    r"статья|стат(?:ью|ьи|ия|ията)|"
    r"превод\w*|перевод\w*|текст\w*|рубрик\w*|пост(?:а|ове)?\b|лозунг\w*|слоган\w*|надпис\w*|игр[аыуи]\w*|"
    r"квест\w*|курс\w*|сценари\w*|рассыл\w*|книг\w*|обложк\w*|корица)"
)
_QUOTED = re.compile(r"[«„“\"][^«»„“”\"]{2,80}[»“”\"]")
_EMOJI_ONLY = re.compile(r"[\W_]*\Z")
_WORD = re.compile(r"\w+")

# Every code that triage gives as a reason; `wording` has words for each in every language.
REASONS: tuple[str, ...] = (
    "outage", "payment", "security", "published", "meeting", "blocked", "legal", "safety",
    "deadline", "far_deadline", "not_urgent", "hypothetical", "resolved", "urgency_topic",
    "bare_claim", "greeting", "no_words", "model",
)  # fmt: skip

# Names of the facts that the model weighs, in the order of its table.
FACTS: tuple[str, ...] = (
    *(code for code, _ in HAPPENED),
    *(code for code, _ in SOFTENED),
    "alarm", "alarm_quoted", "alarm_topic", "alarm_alone", "contact_alone", "social_start",
    "social_alone", "farewell", "no_letters",
    "short", "few_words", "long", "question_mark", "exclamations", "capitals", "lines",
    "due_in_two_hours", "due_before_window", "due_half_a_day_on", "due_next_working_day", "due_later",
    "due_firmly", "due_loosely",
    "happened_twice", "happened_not_softened", "softened", "at_night", "weekend",
)  # fmt: skip

_TWO_HOURS = timedelta(hours=2)
HALF_A_WORKING_DAY = timedelta(hours=4)
_SHORT, _FEW, _LONG = 4, 9, 60
_NIGHT_END, _NIGHT_START = 7, 22
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says in so many words. `facts` are names of `FACTS`; `quotes` the client's words behind some."""

    reading: Plain
    facts: frozenset[str]
    quotes: dict[str, str]
    deadline: Deadline | None


def gather(text: str, sent_at: datetime, next_window_end: datetime, language: Language | None = None) -> Evidence:
    """The evidence of a text sent at `sent_at` (aware, in the zone of the text) to a desk that reads next by
    `next_window_end`. `language` is heard where not given.
    """
    reading = plain(text, language or hear(text).language or Language.RU)
    quotes = {code: _quote(reading, match) for code, match in _matches(reading.text)}
    deadline = choose(reading, sent_at)
    facts = set(quotes)
    facts |= set(_of_words(reading.text, text))
    facts |= set(_of_time(deadline, sent_at, next_window_end))
    happened = [code for code, _ in HAPPENED if code in facts]
    facts |= {"asks_whether"} if deadline and not happened and asks_about(reading.text) else set()
    softened = facts & {"not_urgent", "hypothetical", "resolved"}
    facts |= {"happened_twice"} if len(happened) > 1 else set()
    facts |= {"softened"} if softened else set()
    facts |= {"happened_not_softened"} if happened and not softened else set()
    return Evidence(reading, frozenset(facts), quotes, deadline)


def explain(evidence: Evidence, label: Label, deadline_is_near: bool) -> tuple[Because, ...]:
    """The reasons of a verdict, the weightiest first, at most three; `model` where only the model can tell."""
    quotes = evidence.quotes
    due: list[Because] = []
    if evidence.deadline:
        code = "deadline" if deadline_is_near else "far_deadline"
        due.append(Because(code, evidence.deadline.moment.isoformat(timespec="minutes")))
    match label:
        case Label.URGENT:
            reasons = [Because(code, quotes[code]) for code, _ in HAPPENED if code in quotes]
            found = [*(due if deadline_is_near else []), *reasons]
        case Label.ROUTINE:
            found = [
                Because(code, quotes[code]) for code in ("resolved", "not_urgent", "hypothetical") if code in quotes
            ]
            if "alarm_topic" in evidence.facts or "alarm_quoted" in evidence.facts:
                found.append(Because("urgency_topic", quotes.get("alarm", "")))
            found += due
        case Label.SOCIAL:
            found = [Because("greeting")]
        case Label.CLAIMED:
            found = [Because("bare_claim", quotes.get("alarm", ""))]
    return tuple(found[:3]) or (Because("model"),)


def _matches(text: str) -> list[tuple[str, re.Match[str]]]:
    patterns = (*HAPPENED, *SOFTENED, ("alarm", ALARM))
    return [(code, match) for code, pattern in patterns if (match := pattern.search(text))]


_CONTEXT = 24


def _quote(reading: Plain, match: re.Match[str]) -> str:
    """The match and a few words around it, cut at word ends."""
    text = reading.text
    start, end = match.span()
    while start < end and not text[start].isalnum():
        start += 1
    left = text.rfind(" ", 0, max(0, start - _CONTEXT // 2)) + 1 if start > _CONTEXT // 2 else 0
    right = text.find(" ", min(len(text), end + _CONTEXT))
    return reading.quote(left, right if right != -1 else len(text))


def _of_words(text: str, raw: str) -> list[str]:
    words = _WORD.findall(text)
    facts = []
    alarm = ALARM.search(text)
    if alarm:
        around = text[max(0, alarm.start() - 60) : alarm.end() + 60]
        facts += ["alarm_quoted"] if any(ALARM.search(quoted) for quoted in _QUOTED.findall(text)) else []
        facts += ["alarm_topic"] if _TOPIC.search(around) else []
        facts += ["alarm_alone"] if len(words) <= _FEW else []
    if len(words) <= _FEW and _CONTACT.search(text):
        facts.append("contact_alone")
    if _SOCIAL.search(text):
        facts += ["social_start"] + (["social_alone"] if len(words) <= _SHORT + 1 else [])
    if _FAREWELL.fullmatch(text) and "?" not in text:
        facts.append("farewell")
    if _EMOJI_ONLY.match(text):
        facts.append("no_letters")
    letters = [letter for letter in raw if letter.isalpha()]
    checks = {
        "short": len(words) <= _SHORT,
        "few_words": _SHORT < len(words) <= _FEW,
        "long": len(words) >= _LONG,
        "question_mark": "?" in raw,
        "exclamations": raw.count("!") > 1,
        "capitals": len(letters) > 5 and sum(letter.isupper() for letter in letters) * 2 > len(letters),
        "lines": "\n" in raw,
    }
    return facts + [name for name, holds in checks.items() if holds]


def _of_time(deadline: Deadline | None, sent_at: datetime, next_window_end: datetime) -> list[str]:
    facts = []
    if sent_at.hour < _NIGHT_END or sent_at.hour >= _NIGHT_START:
        facts.append("at_night")
    if sent_at.weekday() > _FRIDAY:
        facts.append("weekend")
    if deadline is None:
        return facts
    moment = deadline.moment
    bounds = (
        ("due_in_two_hours", sent_at + _TWO_HOURS),
        ("due_before_window", next_window_end),
        ("due_half_a_day_on", next_window_end + HALF_A_WORKING_DAY),
        ("due_next_working_day", end_of_next_working_day(sent_at)),
    )
    facts.append(next((name for name, bound in bounds if moment <= bound), "due_later"))
    facts.append("due_firmly" if deadline.firm else "due_loosely")
    return facts
