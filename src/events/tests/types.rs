//! What kind of event a sentence tells, by the mechanism that settles it; each line is a pair of a
//! sentence and the type and modality of its first mention.

use super::*;

fn check(language: Language, lines: &[(&str, &str)]) {
    for (line, want) in lines {
        let (text, date) = line.split_once('@').unwrap();
        let marked = text.replacen('#', &format!("<{date}|2021-05-04>"), 1);
        assert_eq!(first(language, &marked), format!("2021-05-04 {want}"), "{line}");
    }
}

#[test]
fn declared_and_ordered_deeds_take_the_type_of_the_deed() {
    check(
        En,
        &[
            (
                "On #, the ministry announced that it would freeze the bank's assets.@4 May",
                "SANCTION happened",
            ),
            ("On #, the cabinet decided to ban the rally.@4 May", "COERCE happened"),
            ("On #, the general ordered the arrest of two officers.@4 May", "COERCE happened"),
            ("The mayor announced his resignation on #.@4 May", "CONCEDE happened"),
            ("On #, the governor signed a decree on school holidays.@4 May", "OTHER happened"),
            (
                "On #, the agency announced that the ministers had left the coalition.@4 May",
                "STATEMENT happened",
            ),
        ],
    );
    check(
        ZhHans,
        &[
            ("#，外交部宣布暂停审批签证。@5月4日", "SANCTION happened"),
            ("#，总统下令部署军队。@5月4日", "MOBILIZE happened"),
            ("#，政府宣布撤回草案。@5月4日", "CONCEDE happened"),
        ],
    );
    check(
        Ru,
        &[
            ("# президент приказал привести армию в полную готовность.@4 мая", "MOBILIZE happened"),
            ("# министр объявил о взятии крепости.@4 мая", "STATEMENT happened"),
            ("# министр объявил, что отказывается от встречи.@4 мая", "REJECT happened"),
        ],
    );
    check(
        Uk,
        &[
            ("# президент наказав привести армію у найвищу бойову готовність.@4 травня", "MOBILIZE happened"),
            (
                "# міністерство повідомило, що перекине на кордон ще одну бригаду.@4 травня",
                "MOBILIZE happened",
            ),
        ],
    );
}

#[test]
fn what_is_said_decides_the_kind_of_saying() {
    check(
        En,
        &[
            ("On #, the minister said that the army must leave the valley.@4 May", "REQUEST happened"),
            (
                "On #, the envoy said that peace talks would be possible only after a truce.@4 May",
                "REJECT happened",
            ),
            ("On #, the president said he would meet the rebels.@4 May", "AGREE happened"),
            ("On #, the spokesman warned that prices will rise.@4 May", "THREATEN happened"),
            ("On #, the minister said that the harvest was good.@4 May", "STATEMENT happened"),
        ],
    );
    check(
        ZhHant,
        &[
            ("#，外長表示軍隊必須撤離。@5月4日", "REQUEST happened"),
            ("#，發言人表示將與對方會談。@5月4日", "AGREE happened"),
        ],
    );
    check(
        Ru,
        &[
            ("# министр заявил, что войска должны покинуть долину.@4 мая", "REQUEST happened"),
            ("# посол заявил, что соседи нарушили границу.@4 мая", "ACCUSE happened"),
        ],
    );
    check(
        Uk,
        &[
            ("# міністр заявив, що війська повинні залишити долину.@4 травня", "REQUEST happened"),
            ("# посол заявив, що сусіди порушили кордон.@4 травня", "ACCUSE happened"),
        ],
    );
}

#[test]
fn a_second_verb_of_speaking_is_told_beside_the_first() {
    let types = |language, line: &str| -> Vec<EventType> {
        document(language, &[line], rules()).mentions.iter().map(|m| m.event_type).collect()
    };
    assert_eq!(
        types(ZhHans, "<5月4日|2021-05-04>，秘书长表示震惊，呼吁恢复停火。"),
        [EventType::Statement, EventType::Request]
    );
    assert!(
        types(
            En,
            "On <4 May|2021-05-04>, the premier claimed that all was well and accused the press of lying."
        )
        .contains(&EventType::Accuse)
    );
}

#[test]
fn the_object_decides_the_kind_of_deed() {
    check(
        En,
        &[
            ("On #, the secretary withdrew the bill.@4 May", "CONCEDE happened"),
            ("On #, the army withdrew its troops.@4 May", "RETREAT happened"),
            ("Thousands attended a rally on #.@4 May", "PROTEST happened"),
            ("Riot police fired tear gas on #.@4 May", "COERCE happened"),
            ("The union boycotted the vote on #.@4 May", "PROTEST happened"),
            ("On #, the two parties boycotted the talks.@4 May", "REJECT happened"),
            ("On #, the envoys agreed to extend the truce.@4 May", "AGREE happened"),
            ("On #, the bank froze the accounts.@4 May", "SANCTION happened"),
        ],
    );
    check(
        ZhHans,
        &[
            ("#，示威者闯入议会大楼。@5月4日", "PROTEST happened"),
            ("#，警方施放催泪弹。@5月4日", "COERCE happened"),
            ("#，外交部召见邻国大使。@5月4日", "ACCUSE happened"),
            ("#，议员焚烧邻国国旗。@5月4日", "PROTEST happened"),
            ("双方的首轮会谈于#在首都举行。@5月4日", "CONSULT happened"),
        ],
    );
    check(
        Ru,
        &[
            ("# стороны подписали совместное заявление.@4 мая", "AGREE happened"),
            ("# губернатор подписал указ о школах.@4 мая", "OTHER happened"),
            ("# страна прекратила закупки газа.@4 мая", "SANCTION happened"),
            ("# компании возобновили поставки электроэнергии.@4 мая", "COOPERATE happened"),
            ("# саммит завершился принятием коммюнике.@4 мая", "CONSULT happened"),
        ],
    );
    check(
        Uk,
        &[
            ("# активісти почали зводити барикади.@4 травня", "PROTEST happened"),
            ("# сторони схвалили декларацію.@4 травня", "AGREE happened"),
            ("# громада бойкотувала вибори.@4 травня", "PROTEST happened"),
        ],
    );
}

#[test]
fn surveys_are_no_acts_of_those_who_answer() {
    check(
        En,
        &[("A poll conducted on # found that most people supported the plan.@4 May", "OTHER happened")],
    );
    check(ZhHans, &[("#的民意调查显示，多数人支持该计划。@5月4日", "OTHER happened")]);
    check(Ru, &[("Опрос, проведенный #, показал, что люди поддерживают план.@4 мая", "OTHER happened")]);
}

#[test]
fn names_of_offices_and_longer_words_are_no_triggers() {
    check(
        ZhHans,
        &[
            ("#，反对派组织披露了两处设施。@5月4日", "STATEMENT happened"),
            ("#，军方发言人指责对方违约。@5月4日", "ACCUSE happened"),
        ],
    );
}

#[test]
fn plans_and_what_did_not_come_about() {
    check(
        ZhHans,
        &[
            ("#，特使没有与对方直接会面。@5月4日", "CONSULT negated"),
            ("#，各方未能就交换方案达成一致。@5月4日", "AGREE negated"),
        ],
    );
    check(
        Ru,
        &[
            ("Встреча, намеченная на #, не состоялась.@4 мая", "CONSULT negated"),
            ("Выборы назначили на #.@4 мая", "OTHER planned"),
        ],
    );
    check(Uk, &[("Вибори призначили на #.@4 травня", "OTHER planned")]);
    check(En, &[("The meeting set for # did not take place.@4 May", "CONSULT negated")]);
}

#[test]
fn the_reason_given_for_a_deed_is_not_the_deed() {
    check(
        ZhHans,
        &[
            ("检方#以非法进口设备为由起诉两名商人。@5月4日", "ACCUSE happened"),
            ("#，议会以镇压示威为由制裁该国官员。@5月4日", "SANCTION happened"),
        ],
    );
    check(ZhHant, &[("#，當局以違反協議為名逮捕三名記者。@5月4日", "COERCE happened")]);
}

#[test]
fn openings_of_talks_are_talks_and_forming_a_force_is_mobilising() {
    check(
        ZhHans,
        &[
            ("首轮谈判#在日内瓦开幕。@5月4日", "CONSULT happened"),
            ("#，临时政府组建人民防卫军。@5月4日", "MOBILIZE happened"),
            ("#，政府军突破了对老城的封锁。@5月4日", "ASSAULT happened"),
            ("#，反对派宣布成立民族团结政府。@5月4日", "OTHER happened"),
        ],
    );
}
