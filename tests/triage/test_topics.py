"""What a text is about, where the owner's rules ask for it: bugs, invoices, calls, briefs, estimates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.kinds import THINGS
from bot.triage.topics import topics


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
        ("Отправляю бриф на логотип", {"brief"}),
        ("ТЗ во вложении", {"brief"}),
        ("Изпращам техническо задание за магазина", {"brief"}),
        # calls
        ("Давайте созвонимся завтра?", {"call"}),
        ("Наберите меня, как освободитесь", {"call"}),
        ("Можете ли да ми се обадите утре?", {"call"}),
        ("Да се чуем в четвъртък?", {"call"}),
        ("obadi mi se utre", {"call"}),
        # several at once
        ("Созвонимся по смете?", {"call", "estimate"}),
        # and what is none of them
        ("Когда будет готов макет главной?", set()),
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
