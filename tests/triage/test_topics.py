"""What a client wants: a call, an invoice, a price, news; or sends files or a brief, or reports a bug."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.kinds import THINGS
from bot.triage.judge import Judge
from bot.triage.topics import topics

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Sofia"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # estimates
        ("Пришлите, пожалуйста, смету на ремонт кухни", {"estimate"}),
        ("Сколько будет стоить лендинг на три экрана?", {"estimate"}),
        ("Во сколько обойдётся доработка корзины?", {"estimate"}),
        ("Рассчитайте примерную стоимость переезда на новый хостинг", {"estimate"}),
        ("Ждём от вас коммерческое предложение", {"estimate"}),
        ("skol'ko budet stoit' logotip?", {"estimate"}),
        ("Можете ли да ми направите оферта за уебсайт?", {"estimate"}),
        ("Колко ще струва лого и визитки?", {"estimate"}),
        ("kolko shte struva edin landing", {"estimate"}),
        ("Очакваме ценово предложение до петък", {"estimate"}),
        # invoices
        ("Выставьте, пожалуйста, счёт за октябрь", {"invoice"}),
        ("Нужны закрывающие за третий квартал", {"invoice"}),
        ("Пришлите инвойс на новую компанию", {"invoice"}),
        ("Може ли фактура за ноември?", {"invoice"}),
        ("izdai mi proforma faktura molq", {"invoice"}),
        # bugs
        ("На сайте баг: кнопка «Купить» не работает", {"bug"}),
        ("Форма выдаёт ошибку 500", {"bug"}),
        ("Страница не открывается с телефона", {"bug"}),
        ("Формата не работи на телефон", {"bug"}),
        ("Сайтът дава грешка при плащане", {"bug"}),
        # briefs
        ("Отправляю бриф на логотип", {"brief", "file"}),
        ("ТЗ во вложении", {"brief", "file"}),
        ("Изпращам техническо задание за магазина", {"brief"}),
        # calls
        ("Давайте созвонимся завтра?", {"call"}),
        ("Наберите меня, как освободитесь", {"call"}),
        ("Можете ли да ми се обадите утре?", {"call"}),
        ("Да се чуем в четвъртък?", {"call"}),
        ("obadi mi se utre", {"call"}),
        ("Наберите меня голосом, в переписке не объяснить", {"call"}),
        ("pozvonite mne posle obeda", {"call"}),
        ("Кога можем да се чуем по телефона?", {"call"}),
        ("call me asap", {"call"}),
        # how the work stands
        ("Как там макеты?", {"status"}),
        ("Когда будет готов макет главной?", {"status"}),
        ("На каком этапе перевод?", {"status"}),
        ("Правки внесли или ещё нет? Есть новости?", {"status"}),
        ("chto slyshno po saitu", {"status"}),
        ("Докъде сте с логото?", {"status"}),
        ("Как върви сайтът, има ли нещо ново?", {"status"}),
        ("dokyde stigna s kartata", {"status"}),
        ("any update on the logo?", {"status"}),
        # files, by words, by name, by link
        ("Отправила макеты на почту", {"file"}),
        ("Вот исходники: https://disk.yandex.ru/d/abc", {"file"}),
        ("Тексты во вложении", {"file"}),
        ("смета.pdf", {"file", "estimate"}),
        ("skinul fotki v papku na disk", {"file"}),
        ("Качих файловете в драйва", {"file"}),
        ("Пращам ви снимките за галерията", {"file"}),
        ("kachih snimkite v drive", {"file"}),
        ("https://we.tl/t-abc", {"file"}),
        ("Посмотрите https://www.figma.com/file/abc", {"file"}),
        # prices in other words
        ("Почём у вас визитки?", {"estimate"}),
        ("А если без тестов, дешевле будет?", {"estimate"}),
        ("Каква ви е цената за едно лого?", {"estimate"}),
        ("скинь прайс плиз", {"estimate"}),
        ("moje li otstypka, ako vzema i logoto?", {"estimate"}),
        # what is commissioned
        ("Нужен логотип для кофейни", {"brief"}),
        ("Ищем переводчика на свадьбу", {"brief"}),
        ("Трябва ни сайт за къща за гости", {"brief"}),
        ("trqbva mi prost sait za rakiq", {"brief"}),
        # several at once
        ("Созвонимся по смете?", {"call", "estimate"}),
        # and what is none of them
        ("Не надо звонить, напишите", set()),
        ("Созвонились вчера, всё решили", set()),
        ("Счёт получили, спасибо", set()),
        ("Счёт уже оплатили", set()),
        ("schet poluchili, spasibo", set()),
        ("Обадих се вчера, благодаря", set()),
        ("Няма нужда да се обаждате", set()),
        ("Фактурата я получихме и е платена", set()),
        ("Если форма не работает, что увидит клиент?", set()),
        ("Формата вече работи", set()),
        ("Вчера ми се обади жена му", set()),
        ("Банк прислал письмо", set()),
        ("Учтите это за счёт скидки, а на мой счёт не беспокойтесь", set()),
        ("Деньги пришли на счёт", set()),
        ("Багаж уже сдали, летим!", set()),
        ("Смените, пожалуйста, фон", set()),
        ("Банковата сметка е същата", set()),
        ("Клиенты звонят и хвалят", set()),
        ("Благодаря, чудесно е!", set()),
        ("Сбор гостей в шесть", set()),
        ("", set()),
        ("👍", set()),
    ],
)
def test_topics(text: str, found: set[str]) -> None:
    assert topics(text) == found <= set(THINGS)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text())
def test_no_text_is_stumbled_over(text: str) -> None:
    assert topics(text) <= set(THINGS)


def test_the_beginning_of_an_endless_text_is_enough() -> None:
    assert topics("Смета? " + "выставьте " * 100_000) == {"estimate"}


JUDGE = Judge.load()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Наберите меня вечером, так быстрее", {"call"}),
        ("Звънни ми, като се освободиш, да го обсъдим", {"call"}),
        ("Выставьте, пожалуйста, счёт за октябрь", {"invoice"}),
        ("Сколько возьмёте за логотип и визитки?", {"brief", "estimate"}),
        ("На какой стадии перевод?", {"status"}),
        ("Вход на сайте не работает, выдаёт ошибку", {"bug"}),
        ("Спасибо, вы молодец!", set()),
        ("https://drive.google.com/drive/folders/1a2b", {"file"}),
    ],
)
def test_both_stages_hear_them_together(text: str, found: set[str]) -> None:
    assert set(JUDGE.judge(text, sent_at=MORNING).topics) == found
