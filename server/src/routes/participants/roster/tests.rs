use super::*;

const SWEDISH: Texts = Texts(Language::Swedish);

fn read_list(list: &str) -> Result<Vec<Entry>, Errors> {
    read(
        SWEDISH,
        list,
        &Municipality::fyrbodal(),
        &HashSet::from(["upptagen@example.se".to_owned()]),
    )
}

/// The first thing that is wrong with a list.
fn problem(list: &str) -> String {
    let errors = read_list(list).expect_err("the list is wrong");
    errors.of("lista").expect("everything wrong is of the list")
}

fn summary(entry: &Entry) -> String {
    let municipalities: Vec<_> = entry.municipalities.iter().map(|m| m.name()).collect();
    format!(
        "{}|{}|{}|{}",
        entry.name,
        entry.email,
        entry.occupation.code(),
        municipalities.join("+")
    )
}

#[test]
fn a_list_reads_the_same_with_tabs_semicolons_or_commas_with_or_without_headings_and_bom() {
    let expected = [
        "Deltagare Ett|kim@example.se|it-chef|Munkedal+Åmål",
        "Deltagare Två||annan|Åmål",
    ];
    for list in [
        "\u{feff}namn;e-post;roll;kommuner\r\nDeltagare Ett;kim@example.se;IT-chef;Åmål, Munkedal\r\nDeltagare Två;;annan roll;amal\r\n",
        "Deltagare Ett\tkim@example.se\tit manager\tMunkedals kommun, Åmåls kommun\nDeltagare Två\t\tOther role\t1492\n",
        "Deltagare Ett,kim@example.se,it-chef,Munkedal,Åmål\nDeltagare Två,,annan,Åmål",
        "kommuner,namn,roll,e-post\n\"Åmål, Munkedal\",Deltagare Ett,it-chef,kim@example.se\nÅmål,Deltagare Två,annan,\n",
    ] {
        let entries = read_list(list).expect("the list is right");
        let found: Vec<_> = entries.iter().map(summary).collect();
        assert_eq!(found, expected, "{list}");
    }
}

#[test]
fn what_is_wrong_is_told_by_row_and_column() {
    let head = "namn;e-post;roll;kommuner\n";
    for (row, expected) in [
        (";a@example.se;annan;Åmål", "Rad 2, namn: Fyll i namn."),
        (
            "Kim;kim;annan;Åmål",
            "Rad 2, e-post: ”kim” är ingen e-postadress.",
        ),
        (
            "Kim;Upptagen@example.se;annan;Åmål",
            "Rad 2, e-post: Upptagen@example.se finns redan i omgången.",
        ),
        (
            "Kim;;annan;Åmål, Kiruna",
            "Rad 2, kommuner: ”Kiruna” är ingen kommun i kartläggningen.",
        ),
        ("Kim;;annan;", "Rad 2, kommuner: Skriv minst en kommun."),
        ("Kim;;annan", "Rad 2, kommuner: Skriv minst en kommun."),
        (
            "Kim;a@example.se;annan;Åmål\n\nAlex;A@example.se;annan;Åmål",
            "Rad 4, e-post: A@example.se finns också på rad 2.",
        ),
    ] {
        let list = format!("{head}{row}");
        assert_eq!(problem(&list), expected);
        assert_eq!(problem(&list.replace('\n', "\r\n")), expected);
    }
    let role = problem(&format!("{head}Kim;;kung;Åmål"));
    assert!(
        role.starts_with("Rad 2, roll: ”kung” är ingen roll. Skriv en av: IT-chef, "),
        "{role}"
    );
}

#[test]
fn one_wrong_row_means_that_nobody_is_read() {
    assert!(read_list("Kim;;annan;Åmål\nAlex;;annan;Kiruna\n").is_err());
}

#[test]
fn an_empty_a_headless_and_an_endless_list_are_told_apart() {
    assert_eq!(problem(" \n\n"), "Klistra in en lista eller välj en fil.");
    assert_eq!(
        problem("namn;e-post;roll;kommuner\n"),
        "Klistra in en lista eller välj en fil."
    );
    assert_eq!(
        problem("namn;e-post;roll\nKim;;annan"),
        "Kolumnen kommuner saknas i rubrikraden."
    );
    let long = "Kim;;annan;Åmål\n".repeat(MOST_ROWS + 1);
    assert_eq!(
        problem(&long),
        "Listan har 1001 rader. Dela upp den i delar om högst 1000 rader."
    );
}

#[test]
fn a_file_from_an_old_spreadsheet_keeps_its_swedish_letters() {
    assert_eq!(decode("Åmål".as_bytes()), "Åmål");
    assert_eq!(decode(b"\xc5m\xe5l"), "Åmål");
}

#[test]
fn addresses_are_told_from_what_is_none() {
    for right in ["a@b.se", "kim.ek+enkat@it.example.se"] {
        assert!(is_email(right), "{right}");
    }
    for wrong in [
        "", "kim", "@b.se", "a@", "a@b", "a@b.", "a@.se", "a b@c.se", "a@b@c.se", "<a@b.se>",
    ] {
        assert!(!is_email(wrong), "{wrong}");
    }
}
