// The words of the page itself, in three languages. What the bot says comes from the bot.

const TEXTS = {
  ru: {
    clock: "Часы бота", turn_forward: "Перевести часы вперёд", turn_to: "Дата и время в поясе фрилансера", turn: "Перевести",
    page_language: "Язык страницы", views: "Разделы", client: "Клиент", owner: "Фрилансер", why: "Почему так",
    plus10: "+10 мин", plus60: "+1 ч", window: "Окно", friday: "Пятница", morning: "Утро", holiday: "Праздник",
    past: "Часы идут только вперёд.", lost: "Нет связи с площадкой, пробуем снова…",
    people: "Кем пишем боту", newcomer: "Новый человек", name: "Имя и фамилия", add: "Добавить", language: "Язык",
    bot: "бот", typing: "печатает…", blocked: "бот заблокирован", message: "Сообщение", send: "Отправить",
    attach: "Прикрепить", commands: "Команды бота", photo: "Фото", document: "Файл", voice: "Голосовое", sticker: "Стикер",
    location: "Место", reply: "Ответить", react: "Отреагировать", edit: "Изменить", erase: "Удалить у себя", cancel: "Отменить",
    replying: "Ответ на", editing: "Изменение", edited: "изменено", rings: "звук", silent: "без звука",
    forwarded: "Переслано от", start: "Начать", pinned: "Закреплено", unblock: "Разблокировать бота", you: "Вы",
    jump: "К сообщению", unread: "непрочитанных", today_rings: "со звуком", today_silent: "без звука", today: "За сегодня у фрилансера",
    empty_client: "Нажмите «Начать» или просто напишите.", empty_owner: "Здесь фрилансер видит только то, что пропустил вратарь.",
    kind_photo: "Фото", kind_document: "Файл", kind_voice: "Голосовое сообщение", kind_video: "Видео", kind_video_note: "Видеосообщение",
    kind_audio: "Аудио", kind_animation: "Анимация", kind_sticker: "Стикер", kind_location: "Место на карте", kind_contact: "Контакт",
    kind_poll: "Опрос", kind_dice: "Кубик", kind_album: "Альбом",
    label_urgent: "Срочное", label_routine: "Обычное", label_social: "Вежливость", label_claimed: "«Срочно» без причины",
    score: "Вероятность срочного", deadline: "Срок", promise: "Обещано", speaks: "Язык сообщения", reasons: "Что на это указало",
    decision: "Что сделал вратарь", nothing_yet: "Напишите от имени клиента, и здесь появится, как вратарь оценил сообщение и что сделал.",
    lang_ru: "русский", lang_bg: "болгарский", lang_en: "английский", none: "нет",
    simulate: "Проверка на сбои", block: "блокировка", unblock_bot: "разблокировка",
    flood: "429 на 10 с", cut: "обрыв на 10 с", calm: "Починить", running_flood: "Telegram отвечает 429", running_cut: "Сети нет",
    try: "Попробуйте написать",
  },
  bg: {
    clock: "Часовникът на бота", turn_forward: "Превъртане на часовника напред", turn_to: "Дата и час в часовата зона на фрийлансъра", turn: "Превърти",
    page_language: "Език на страницата", views: "Раздели", client: "Клиент", owner: "Фрийлансър", why: "Защо така",
    plus10: "+10 мин", plus60: "+1 ч", window: "Прозорец", friday: "Петък", morning: "Сутрин", holiday: "Празник",
    past: "Часовникът върви само напред.", lost: "Няма връзка с площадката, опитваме отново…",
    people: "От чие име пишем", newcomer: "Нов човек", name: "Име и фамилия", add: "Добави", language: "Език",
    bot: "бот", typing: "пише…", blocked: "ботът е блокиран", message: "Съобщение", send: "Изпрати",
    attach: "Прикачи", commands: "Команди на бота", photo: "Снимка", document: "Файл", voice: "Гласово", sticker: "Стикер",
    location: "Място", reply: "Отговори", react: "Реагирай", edit: "Редактирай", erase: "Изтрий при себе си", cancel: "Отказ",
    replying: "Отговор на", editing: "Редактиране", edited: "редактирано", rings: "звук", silent: "без звук",
    forwarded: "Препратено от", start: "Старт", pinned: "Закачено", unblock: "Отблокирай бота", you: "Вие",
    jump: "Към съобщението", unread: "непрочетени", today_rings: "със звук", today_silent: "без звук", today: "Днес при фрийлансъра",
    empty_client: "Натиснете „Старт“ или просто пишете.", empty_owner: "Тук фрийлансърът вижда само онова, което вратарят е пропуснал.",
    kind_photo: "Снимка", kind_document: "Файл", kind_voice: "Гласово съобщение", kind_video: "Видео", kind_video_note: "Видеосъобщение",
    kind_audio: "Аудио", kind_animation: "Анимация", kind_sticker: "Стикер", kind_location: "Място на картата", kind_contact: "Контакт",
    kind_poll: "Анкета", kind_dice: "Зарче", kind_album: "Албум",
    label_urgent: "Спешно", label_routine: "Обичайно", label_social: "Любезност", label_claimed: "„Спешно“ без причина",
    score: "Вероятност за спешно", deadline: "Срок", promise: "Обещано", speaks: "Език на съобщението", reasons: "Кое го показва",
    decision: "Какво направи вратарят", nothing_yet: "Пишете от името на клиента и тук ще видите как вратарят е преценил съобщението и какво е направил.",
    lang_ru: "руски", lang_bg: "български", lang_en: "английски", none: "няма",
    simulate: "Проверка при срив", block: "блокиране", unblock_bot: "отблокиране",
    flood: "429 за 10 с", cut: "без мрежа 10 с", calm: "Поправи", running_flood: "Telegram отговаря с 429", running_cut: "Няма мрежа",
    try: "Опитайте да напишете",
  },
  en: {
    clock: "The bot's clock", turn_forward: "Turn the clock forward", turn_to: "Date and time in the freelancer's zone", turn: "Turn",
    page_language: "Page language", views: "Views", client: "Client", owner: "Freelancer", why: "Why",
    plus10: "+10 min", plus60: "+1 h", window: "Window", friday: "Friday", morning: "Morning", holiday: "Holiday",
    past: "The clock is turned forward only.", lost: "The playground does not answer, trying again…",
    people: "Who writes to the bot", newcomer: "New person", name: "First and last name", add: "Add", language: "Language",
    bot: "bot", typing: "typing…", blocked: "bot is blocked", message: "Message", send: "Send",
    attach: "Attach", commands: "Bot commands", photo: "Photo", document: "File", voice: "Voice", sticker: "Sticker",
    location: "Location", reply: "Reply", react: "React", edit: "Edit", erase: "Delete for me", cancel: "Cancel",
    replying: "Reply to", editing: "Editing", edited: "edited", rings: "rings", silent: "silent",
    forwarded: "Forwarded from", start: "Start", pinned: "Pinned", unblock: "Unblock the bot", you: "You",
    jump: "Go to message", unread: "unread", today_rings: "rang", today_silent: "silent", today: "Freelancer's phone today",
    empty_client: "Press Start, or just write.", empty_owner: "Here the freelancer sees only what the gate let through.",
    kind_photo: "Photo", kind_document: "File", kind_voice: "Voice message", kind_video: "Video", kind_video_note: "Video message",
    kind_audio: "Audio", kind_animation: "Animation", kind_sticker: "Sticker", kind_location: "Location", kind_contact: "Contact",
    kind_poll: "Poll", kind_dice: "Dice", kind_album: "Album",
    label_urgent: "Urgent", label_routine: "Routine", label_social: "Social", label_claimed: "“Urgent”, no reason given",
    score: "Probability of urgent", deadline: "Deadline", promise: "Promised", speaks: "Language of the message", reasons: "What points to it",
    decision: "What the gate did", nothing_yet: "Write as a client, and here you will see how the gate judged the message and what it did.",
    lang_ru: "Russian", lang_bg: "Bulgarian", lang_en: "English", none: "none",
    simulate: "Try a failure", block: "block the bot", unblock_bot: "unblock the bot",
    flood: "429 for 10 s", cut: "cut for 10 s", calm: "Repair", running_flood: "Telegram answers 429", running_cut: "No network",
    try: "Try writing",
  },
};

// Lines to try, in the language of the person who would write them.
const PHRASES = {
  ru: ["Сайт лежит, заказы не проходят!", "Посмотрите, пожалуйста, новый макет.", "Спасибо, всё отлично!", "СРОЧНО!!!"],
  bg: ["Сайтът падна, няма поръчки!", "Погледнете, моля, новия макет.", "Благодаря, всичко е чудесно!", "СПЕШНО!!!"],
  en: ["Проверьте, пожалуйста, форму на сайте.", "Благодаря!"],
};

export const LANGUAGES = Object.keys(TEXTS);

function remembered() {
  const saved = localStorage.getItem("vratar.language");
  const wished = saved || navigator.language.slice(0, 2);
  return LANGUAGES.includes(wished) ? wished : "ru";
}

export let language = remembered();

export function setLanguage(chosen) {
  language = chosen;
  localStorage.setItem("vratar.language", chosen);
  document.documentElement.lang = chosen;
}

export const t = (key) => TEXTS[language][key] ?? key;

export const phrasesFor = (spoken) => PHRASES[spoken] ?? PHRASES.ru;

/** Fills every element of the static page that asks for words. */
export function translatePage() {
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
}

/** A formatter of moments (ms) in a zone, in the page's language. */
export function clockIn(zone, options) {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone: zone, ...options });
  return (ms) => format.format(new Date(ms));
}
