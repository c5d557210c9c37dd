"""What clients write every day, in words that no corpus file holds: the verdicts that went wrong once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.verdict import Label, Verdict
from bot.triage.judge import Judge

SOFIA = ZoneInfo("Europe/Sofia")
JUDGE = Judge.load()
URGENT, ROUTINE, SOCIAL, CLAIMED = Label


def judge(text: str, clock: str = "11:20") -> Verdict:
    return JUDGE.judge(text, sent_at=datetime.fromisoformat(f"2026-11-24T{clock}").replace(tzinfo=SOFIA))


def say(text: str, clock: str = "11:20") -> Label:
    return judge(text, clock).label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("site down", URGENT),
        ("our site is down", URGENT),
        ("prod is down", URGENT),
        ("ASAP the checkout is broken", URGENT),
        ("checkout не работает", URGENT),
        ("login-ът не работи на никого", URGENT),
        ("Hi! The shop shows a blank page to all visitors", URGENT),
        ("could you send me the invoice for October?", ROUTINE),
        ("no rush, the banner is a bit too wide", ROUTINE),
        ("what happens if the site goes down at Christmas?", ROUTINE),
        ("thank you so much!", SOCIAL),
        ("see you tomorrow", SOCIAL),
        ("urgent, call me", CLAIMED),
    ],
)
def test_english_is_understood(text: str, label: Label) -> None:
    assert say(text) is label


@pytest.mark.parametrize(
    "text",
    [
        "ERROR 2026-11-24 11:18:03 gateway: 504 Gateway Timeout for POST /checkout",
        'Traceback (most recent call last):\n  File "shop.py", line 9, in charge\nConnectionRefusedError: [Errno 111]',
        "FATAL: the database system is shutting down",
        "HTTP 502 Bad Gateway на всех страницах магазина",
    ],
)
def test_a_bare_log_of_a_failure_is_urgent(text: str) -> None:
    assert say(text) is URGENT


@pytest.mark.parametrize(
    "text",
    ["INFO 2026-11-24 03:00:01 backup completed, 0 errors", "DeprecationWarning: use datetime.UTC instead"],
)
def test_a_log_of_nothing_is_not(text: str) -> None:
    assert say(text) is ROUTINE


@pytest.mark.parametrize(
    "text", ["До завтра!", "До утре!", "ну ладно, до завтра", "айде, до утре", "do utre", "Спасибо, до понедельника!"]
)
def test_a_farewell_is_no_claim_and_no_deadline(text: str) -> None:
    verdict = judge(text)
    assert verdict.label is SOCIAL
    assert verdict.deadline is None


@pytest.mark.parametrize(
    "text",
    [
        "СРОЧНО сайт лежит, исправьте",
        "спешно, плащанията не минават",
        "помогите, форма заказа выдаёт ошибку у всех",
        "Горим! Клиенты не могут войти в личный кабинет",
        "SOS касата не печата бележки, опашката е до улицата",
        "asap! в рассылку ушла чужая ссылка, люди кликают",
    ],
)
def test_harm_beside_alarm_words_is_never_a_bare_claim(text: str) -> None:
    assert say(text) is URGENT


@pytest.mark.parametrize(
    "text",
    [
        "привет\nты тут?\nсайт не открывается\nни у кого",
        "здрасти\nима проблем\nкартите не минават\nот половин час",
        "алло\nмы под дверью\nохрана не пускает\nсъёмка через 20 минут",
    ],
)
def test_a_burst_is_read_as_one(text: str) -> None:
    assert say(text) is URGENT


CALM_RU = (
    "Добрый день! Посмотрели макеты всей командой, в целом нравится. Цвета спокойные, шрифт читается. "
    "Есть пара пожеланий по иконкам, соберём их к следующей неделе. {}По тексту на главной пришлём правки позже. "
    "Ещё коллеги спрашивали, можно ли потом добавить страницу с отзывами. Хорошего дня!"
)
CALM_BG = (
    "Здравейте! Разгледахме предложението и ни допада. Цветовете са спокойни, текстът се чете лесно. "
    "Имаме няколко дребни бележки за иконите, ще ги съберем до другата седмица. {}За началната страница ще пишем "
    "отделно. Колегите питат може ли по-нататък да има и страница с отзиви. Хубав ден!"
)


@pytest.mark.parametrize(
    ("calm", "harm"),
    [
        (CALM_RU, "Кстати, с утра оплата картой не проходит ни у одного покупателя. "),
        (CALM_RU, "Да, и магазин сейчас выдаёт ошибку 502, заказов нет с девяти. "),
        (CALM_BG, "А, и от сутринта никой не може да си плати поръчката, кошницата дава грешка. "),
        (CALM_BG, "Между другото сайтът в момента не се отваря и клиентите звънят. "),
    ],
)
def test_one_urgent_sentence_in_a_calm_text_counts(calm: str, harm: str) -> None:
    assert say(calm.format(harm)) is URGENT
    assert say(calm.format("")) is ROUTINE


@pytest.mark.parametrize(
    "text",
    [
        "У знакомых на прошлой неделе лёг магазин, сутки поднимали. Как у нас с копиями?",
        "На едни познати им хакнаха страницата миналия месец. Да помислим ли за двойна парола?",
        "Вчера касса не печатала чеки, мастер приехал и всё наладил, просто чтобы вы знали",
        "Снощи сайтът падна за час, хостингът го вдигна, вече е наред",
    ],
)
def test_trouble_of_others_or_of_yesterday_is_a_story(text: str) -> None:
    assert say(text) is ROUTINE


@pytest.mark.parametrize(
    "text",
    ["Dnes do 18 shte e gotovo?", "до 18 будет готово?", "Текстът до шест ще е готов ли?", "к шести успеете?"],
)
def test_asking_whether_it_will_be_there_is_a_question(text: str) -> None:
    assert say(text) is ROUTINE


def test_asking_for_it_by_then_is_not() -> None:
    assert say("Пришлите, пожалуйста, договор до 18:00", "16:30") is URGENT
    assert say("сможете прислать договор до 18:00?", "16:30") is URGENT


@pytest.mark.parametrize(
    "text", ["от 9 до 13 съм в офиса", "с девяти до часу я на месте", "между 10 и 12 съм при зъболекар"]
)
def test_from_when_to_when_is_no_deadline(text: str) -> None:
    assert judge(text).deadline is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("мобильный интернет пропал, навигатор не работает, везу груз", URGENT),
        ("с карты только что ушло 70 тысяч неизвестно кому", URGENT),
        ("курьер отдал мой паспорт чужому человеку", URGENT),
        ("нямаме обхват в целия склад, не можем да пуснем пратките", URGENT),
        ("току-що ми изтеглиха 900 лева от картата, не съм аз", URGENT),
        ("куриерът е на грешен адрес с лекарствата за мама", URGENT),
        ("какие документы нужны для смены тарифа на юрлицо?", ROUTINE),
        ("можно ли увеличить лимит по карте со следующего месяца", ROUTINE),
        ("перенесите доставку на субботу, пожалуйста", ROUTINE),
        ("каква такса взимате за превод в чужбина", ROUTINE),
        ("къде да видя коя е най-близката ви кутия за пратки", ROUTINE),
    ],
)
def test_other_trades(text: str, label: Label) -> None:
    assert say(text) is label
