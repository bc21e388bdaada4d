//! Inflection: the base form of a Russian or Ukrainian word, and the stem that all its case forms share.
//!
//! Stems are cut by endings alone and serve only as keys of comparison. Base forms are built for names
//! of persons from the shape of the ending; where several are possible the caller's evidence (a given
//! name, a form seen elsewhere) decides, because no dictionary of persons would ever be complete.

use crate::model::Language;

/// Case endings, longest first, that may follow a stem of three letters or more.
const ENDINGS: &[&str] = &[
    "иями", "іями", "ьими", "ями", "ами", "ыми", "ими", "іми", "його", "ього", "ого", "его", "йому", "ьому",
    "ому", "ему", "ией", "ією", "иям", "иях", "іям", "іях", "ьою", "ьей", "ой", "ей", "ою", "ею", "єю", "ия",
    "ию", "ии", "ие", "ія", "ію", "ії", "ья", "ью", "ье", "ьи", "ам", "ям", "ах", "ях", "ом", "ем", "єм",
    "ым", "им", "ім", "їм", "ый", "ий", "ій", "ая", "яя", "ое", "ее", "ые", "ую", "юю", "ых", "их", "іх",
    "їх", "їй", "ої", "еві", "ові", "єві", "ем", "а", "я", "ы", "и", "у", "ю", "е", "о", "і", "ї", "є", "ь",
    "й",
];

/// The word in lower case, without stress marks, with ё as е and one sign for the apostrophe.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{301}' | '\u{300}' => {}
            'ё' | 'Ё' => out.push('е'),
            '’' | 'ʼ' | '`' | '‘' | '\'' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The stem of a Cyrillic word: the same for (nearly) all its case forms. Takes a folded word.
pub fn stem(folded: &str) -> &str {
    let letters = folded.chars().count();
    let fits = |ending: &&&str| folded.ends_with(**ending) && letters - ending.chars().count() >= 3;
    // A longer ending may leave too short a stem where a shorter one fits.
    ENDINGS.iter().find(fits).map_or(folded, |ending| &folded[..folded.len() - ending.len()])
}

/// Stems under which a name may also be found: the vowels of Ukrainian closed syllables change
/// (Київ, Києва; Львів, Львова), and some vowels drop (Донец, Донца).
pub fn alternate_stems(folded: &str) -> Vec<String> {
    let base = stem(folded);
    let chars: Vec<char> = base.chars().collect();
    let mut out = Vec::new();
    if chars.len() < 3 {
        return out;
    }
    let at = chars.len() - 2;
    let swap = |to: &str| -> String {
        let head: String = chars[..at].iter().collect();
        let tail: String = chars[at + 1..].iter().collect();
        format!("{head}{to}{tail}")
    };
    match chars[at] {
        'і' => out.extend([swap("о"), swap("е")]),
        'ї' => out.push(swap("є")),
        'е' | 'о' if chars.len() >= 5 && matches!(chars[at + 1], 'ц' | 'к' | 'л') => out.push(swap("")),
        _ => {}
    }
    out
}

/// Every stem under which the case forms of a folded name are found, other than its own: those of its
/// alternates, those of endings that eat into the stem (Львові), and softened ones (Рига, Ризі).
pub fn form_stems(folded: &str) -> Vec<String> {
    let own = stem(folded).to_owned();
    let mut out = alternate_stems(folded);
    let mut roots: Vec<String> = out.clone();
    if !folded.ends_with(['а', 'я', 'о', 'е', 'и', 'ы', 'і', 'ь', 'й']) {
        roots.push(folded.to_owned());
    }
    for root in roots {
        out.extend(
            ["а", "у", "ом", "е", "і"].iter().map(|ending| stem(&format!("{root}{ending}")).to_owned()),
        );
    }
    for (hard, soft) in [("га", "зі"), ("ка", "ці"), ("ха", "сі")] {
        if let Some(head) = folded.strip_suffix(hard) {
            out.push(stem(&format!("{head}{soft}")).to_owned());
        }
    }
    out.sort();
    out.dedup();
    out.retain(|stem| *stem != own && stem.chars().count() >= 3);
    out
}

/// The genitive of plural names, which keeps no stem that other forms share: Штаты, Штатов.
pub fn plural_genitives(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let adjective = adjectival(&fold(word)) || fold(word).ends_with("ые") || fold(word).ends_with("ие");
        let head = word
            .strip_suffix('ы')
            .or_else(|| word.strip_suffix('и'))
            .filter(|head| head.chars().count() >= 3 && !adjective);
        let Some(head) = head else { continue };
        for ending in ["ов", "ів"] {
            let mut forms: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
            forms[at] = format!("{head}{ending}");
            out.push(forms.join(" "));
        }
    }
    out
}

/// The ending of `folded` is one that only adjectives have.
pub fn adjectival(folded: &str) -> bool {
    const ADJECTIVE: &[&str] = &[
        "ский",
        "ская",
        "ское",
        "ские",
        "ского",
        "скому",
        "ским",
        "ском",
        "скую",
        "ских",
        "скими",
        "ской",
        "цкий",
        "цкая",
        "цкого",
        "цкой",
        "ський",
        "ська",
        "ське",
        "ські",
        "ського",
        "ському",
        "ським",
        "ською",
        "ської",
        "ській",
        "ських",
        "ськими",
        "ську",
        "цький",
        "цька",
        "цького",
        "ный",
        "ная",
        "ного",
        "ному",
        "ную",
        "ных",
        "ними",
        "ними",
    ];
    ADJECTIVE.iter().any(|ending| folded.ends_with(ending))
}

/// Grammatical gender as far as a given name or patronymic tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
    Unknown,
}

/// Endings of surnames in an oblique case and of their base form, for men and for women.
struct Paradigm {
    oblique: &'static [&'static str],
    male: &'static str,
}

const PARADIGMS: &[Paradigm] = &[
    Paradigm { oblique: &["ского", "скому", "ским", "ском"], male: "ский" },
    Paradigm { oblique: &["цкого", "цкому", "цким", "цком"], male: "цкий" },
    Paradigm { oblique: &["ського", "ському", "ським"], male: "ський" },
    Paradigm { oblique: &["цького", "цькому", "цьким"], male: "цький" },
    Paradigm { oblique: &["зького", "зькому", "зьким"], male: "зький" },
];
const FEMALE: &[(&[&str], &str)] = &[
    (&["овой", "ову", "овою"], "ова"),
    (&["евой", "еву", "евою"], "ева"),
    (&["ёвой", "ёву"], "ёва"),
    (&["иной", "ину"], "ина"),
    (&["ской", "скую"], "ская"),
    (&["цкой", "цкую"], "цкая"),
    (&["ової", "овій"], "ова"),
    (&["євої", "євій", "єву"], "єва"),
    (&["евої", "евій"], "ева"),
    (&["іної", "іній", "іну"], "іна"),
    (&["ської", "ській", "ську", "ською"], "ська"),
    (&["цької", "цькій", "цьку", "цькою"], "цька"),
];
const POSSESSIVE_STEMS: &[&str] = &["ов", "ев", "ёв", "ин", "ын", "єв", "ін", "їн"];

/// The case of a form, as far as its given name tells; surnames stand in the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Nominative,
    Genitive,
    Dative,
    Instrumental,
    Prepositional,
    Unknown,
}

/// The case that a form of a masculine given name stands in.
pub fn case_of(form: &str, nominative: &str) -> Case {
    let (form, nominative) = (fold(form), fold(nominative));
    if form == nominative {
        return Case::Nominative;
    }
    let in_vowel = nominative.ends_with(['а', 'я']);
    let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
    if in_vowel {
        return Case::Unknown;
    }
    if ends(&["ем", "ом", "єм", "ям"]) {
        Case::Instrumental
    } else if ends(&["ові", "еві", "єві", "у", "ю"]) {
        Case::Dative
    } else if ends(&["а", "я"]) {
        Case::Genitive
    } else if ends(&["е", "и", "і", "ї"]) {
        Case::Prepositional
    } else {
        Case::Unknown
    }
}

/// The nominative of a surname, from its ending and the case that its given name stands in.
pub fn surname_in_case(word: &str, gender: Gender, case: Case, language: Language) -> String {
    let plain = strip_stress(word);
    if case == Case::Nominative {
        return plain;
    }
    if gender != Gender::Male || case == Case::Unknown {
        return surname_base(word, gender, language);
    }
    // Of a surname in -а: Обамы, Обаме, Обамой.
    let in_a = |endings: &[&str]| {
        endings.iter().find_map(|ending| plain.strip_suffix(ending)).filter(|head| head.chars().count() >= 3)
    };
    let adjective = PARADIGMS.iter().any(|p| p.oblique.iter().any(|ending| plain.ends_with(ending)));
    let by_a = match case {
        Case::Genitive => in_a(&["ы"]),
        Case::Dative => in_a(&["е"]),
        Case::Instrumental if !adjective => in_a(&["ой", "ою"]),
        _ => None,
    };
    if let Some(head) = by_a {
        return format!("{head}а");
    }
    let fits = match case {
        Case::Genitive => plain.ends_with(['а', 'я']) || plain.ends_with("го"),
        Case::Dative => {
            plain.ends_with(['у', 'ю'])
                || plain.ends_with("ові")
                || plain.ends_with("еві")
                || plain.ends_with("єві")
        }
        Case::Instrumental => plain.ends_with('м'),
        Case::Prepositional => plain.ends_with(['е', 'м', 'і', 'у']),
        _ => true,
    };
    if fits { surname_base(word, gender, language) } else { plain }
}

/// The nominative of a surname, from its ending; the word itself where it may well be one already.
pub fn surname_base(word: &str, gender: Gender, language: Language) -> String {
    let word = strip_stress(word);
    let male = gender != Gender::Female;
    if male {
        for paradigm in PARADIGMS {
            for ending in paradigm.oblique {
                if let Some(head) = word.strip_suffix(ending) {
                    return format!("{head}{}", paradigm.male);
                }
            }
        }
    }
    if gender == Gender::Female {
        for (oblique, base) in FEMALE {
            for ending in *oblique {
                if let Some(head) = word.strip_suffix(ending) {
                    return format!("{head}{base}");
                }
            }
        }
        return word;
    }
    if gender == Gender::Unknown {
        for (oblique, base) in [("овой", "ова"), ("евой", "ева"), ("ової", "ова"), ("євої", "єва")]
        {
            if let Some(head) = word.strip_suffix(oblique) {
                return format!("{head}{base}");
            }
        }
    }
    masculine(&word, gender, language)
}

fn masculine(word: &str, gender: Gender, language: Language) -> String {
    for ending in ["ым", "им", "ом", "у", "е", "і", "а", "ові", "еві", "єві", "ым"] {
        if let Some(head) = word.strip_suffix(ending)
            && POSSESSIVE_STEMS.iter().any(|stem| head.ends_with(stem))
            && head.chars().count() >= 4
            && (ending != "а" || gender == Gender::Male)
        {
            return head.to_owned();
        }
    }
    if gender != Gender::Male {
        return word.to_owned();
    }
    for ending in ["ного", "ному"] {
        if let Some(head) = word.strip_suffix(ending) {
            return format!("{head}{}", if language == Language::Uk { "ний" } else { "ный" });
        }
    }
    if language == Language::Uk {
        for ending in ["кові", "ком", "ку", "ка"] {
            if let Some(head) = word.strip_suffix(ending)
                && (head.ends_with("ен") || head.ends_with('ч') || head.ends_with('ш') || head.ends_with('й'))
            {
                return format!("{head}ко");
            }
        }
    }
    consonantal(word)
}

/// Трампа, Байдену, Лукашевичем: a consonant stem with a masculine ending.
fn consonantal(word: &str) -> String {
    for ending in ["ом", "ем", "ові", "еві", "а", "у", "е", "і"] {
        if let Some(head) = word.strip_suffix(ending) {
            let last = head.chars().last().unwrap_or('а');
            let vowels = "аеёиоуыэюяіїєйь";
            if head.chars().count() >= 3 && !vowels.contains(last) {
                // Шойгу, Кличко: few surnames end in such a pair of consonants.
                let before = head.chars().rev().nth(1).unwrap_or('а');
                if "йгзд".contains(before) && matches!(last, 'г') {
                    return word.to_owned();
                }
                return head.to_owned();
            }
        }
    }
    for ending in ["ю", "я", "ем", "єм"] {
        if let Some(head) = word.strip_suffix(ending)
            && head.chars().last().is_some_and(|c| "лнрт".contains(c))
            && head.chars().count() >= 3
        {
            return format!("{head}ь");
        }
    }
    for (ending, base) in [("ем", "ь"), ("ю", "й"), ("я", "й"), ("єм", "й")] {
        if let Some(head) = word.strip_suffix(ending)
            && head.chars().last().is_some_and(|c| "аеиоуіїє".contains(c))
        {
            let base = if base == "ь" { "й" } else { base };
            return format!("{head}{base}");
        }
    }
    word.to_owned()
}

/// Case forms of a given name, so that each can be looked up: form, nominative and gender.
pub fn given_forms(nominative: &str) -> Vec<String> {
    let mut forms = vec![nominative.to_owned()];
    let add = |head: &str, endings: &[&str], forms: &mut Vec<String>| {
        forms.extend(endings.iter().map(|ending| format!("{head}{ending}")));
    };
    let table: &[(&str, &[&str])] = &[
        ("ий", &["ия", "ию", "ием", "ии", "ія", "ію", "ієм", "ії", "ієві"]),
        ("ій", &["ія", "ію", "ієм", "ії", "ієві"]),
        ("ей", &["ея", "ею", "еем", "ее"]),
        ("ай", &["ая", "аю", "аем", "ае", "аєм", "аї"]),
        ("ия", &["ии", "ию", "ией"]),
        ("ія", &["ії", "ію", "ією"]),
        ("ья", &["ьи", "ье", "ью", "ьей", "ьёй"]),
        ("ль", &["ля", "лю", "лем", "ле", "леві"]),
        ("рь", &["ря", "рю", "рем", "ре"]),
        ("ла", &["лы", "ле", "лу", "лой", "ли", "лі", "лою"]),
        ("а", &["ы", "и", "е", "і", "у", "ой", "ей", "ою"]),
        ("я", &["и", "е", "і", "ю", "ей", "ею"]),
        ("о", &["а", "у", "ом", "ові", "і"]),
    ];
    for (ending, others) in table {
        if let Some(head) = nominative.strip_suffix(ending) {
            add(head, others, &mut forms);
            return forms;
        }
    }
    if nominative.chars().last().is_some_and(|c| !"аеёиоуыэюяіїєьй".contains(c)) {
        add(nominative, &["а", "у", "ом", "ем", "е", "ові", "і"], &mut forms);
        if let Some(head) = nominative.strip_suffix("ёр").or_else(|| nominative.strip_suffix("етр")) {
            add(&format!("{head}етр"), &["а", "у", "ом", "е"], &mut forms);
        }
        if let Some(head) = nominative.strip_suffix("ел") {
            add(&format!("{head}л"), &["а", "у", "ом", "е"], &mut forms);
        }
    }
    forms
}

/// The masculine name of which a feminine one is the genitive in writing: Валерія, Валерій.
pub fn masculine_of(feminine: &str) -> Option<String> {
    for (ending, base) in [("ія", "ій"), ("ия", "ий"), ("ья", "ий"), ("а", "")] {
        if let Some(head) = feminine.strip_suffix(ending) {
            return Some(format!("{head}{base}"));
        }
    }
    None
}

/// The gender that a nominative given name shows.
pub fn given_gender(nominative: &str) -> Gender {
    const MALE_IN_VOWEL: &[&str] = &[
        "Илья",
        "Никита",
        "Ілля",
        "Микита",
        "Микола",
        "Никола",
        "Данила",
        "Савва",
        "Фома",
        "Лука",
        "Кузьма",
    ];
    const FEMALE_IN_CONSONANT: &[&str] =
        &["Любовь", "Любов", "Рахель", "Изабель", "Элизабет", "Маргарет", "Марин"];
    if MALE_IN_VOWEL.contains(&nominative) {
        return Gender::Male;
    }
    if FEMALE_IN_CONSONANT.contains(&nominative) {
        return Gender::Female;
    }
    match nominative.chars().last() {
        Some('а' | 'я') => Gender::Female,
        Some(_) => Gender::Male,
        None => Gender::Unknown,
    }
}

/// The nominative of a patronymic and its gender; none where the word is no patronymic.
pub fn patronymic_base(word: &str) -> Option<(String, Gender)> {
    let word = strip_stress(word);
    for base in ["ович", "евич", "йович", "ьич", "ич"] {
        for ending in ["", "а", "у", "ем", "е", "еві", "і"] {
            let full = format!("{base}{ending}");
            if let Some(head) = word.strip_suffix(&full)
                && head.chars().count() >= 3
            {
                return Some((format!("{head}{base}"), Gender::Male));
            }
        }
    }
    for base in ["овн", "евн", "ичн", "івн", "ївн"] {
        for ending in ["а", "ы", "и", "е", "у", "ой", "і", "ою"] {
            let full = format!("{base}{ending}");
            if let Some(head) = word.strip_suffix(&full)
                && head.chars().count() >= 3
            {
                return Some((format!("{head}{base}а"), Gender::Female));
            }
        }
    }
    None
}

/// The word without combining stress marks, composed.
pub fn strip_stress(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{301}' | '\u{300}')).collect()
}
