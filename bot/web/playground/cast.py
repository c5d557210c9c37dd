"""The people one can play on the page, for whoever composes the playground. A data table."""

from bot.web.playground.chats import Person

CLIENTS = (
    Person(710_000_001, "Павел", "Орлов", "orlov_tea", "ru", about="чайная лавка", zone="Europe/Moscow"),
    Person(710_000_002, "Мария", "Иванова", "", "bg", about="пекарна", zone="Europe/Sofia"),
    Person(710_000_003, "Елена", "Соколова", "", "ru", about="адвокат", zone="Asia/Yekaterinburg"),
    Person(710_000_004, "Георги", "Димитров", "gdimitrov", "bg", about="архитект", zone="Europe/Sofia"),
    Person(710_000_005, "Игорь", "Мельников", "", "ru", about="автосервис", zone="Europe/Moscow", hides_forwards=True),
    Person(710_000_006, "Десислава", "Петкова", "", "bg", about="зъболекар", zone="Europe/Sofia"),
)
