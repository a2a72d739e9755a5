//! Samlad bedömning: how far the municipalities have come, and one municipality's levels.

use domain::{
    ids::CapabilityId, level::Level, municipality::Municipality,
    statistics::suppression::GroupSize, survey::Round,
};
use leptos::prelude::*;

use super::{
    participants::round_address,
    survey::{level_meaning, level_name},
};
use crate::{
    components::{Badge, Empty, ErrorSummary, Errors, Hidden},
    texts::Texts,
};

/// How far one municipality has come: capabilities by what their value rests on.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    /// Which municipality.
    pub municipality: Municipality,
    /// Agreed.
    pub confirmed: usize,
    /// With a median of the answers only.
    pub pending: usize,
    /// With too few answers for a median.
    pub hidden: usize,
    /// Without answers.
    pub missing: usize,
    /// Whether the visitor may agree levels here.
    pub may_agree: bool,
}

impl Tally {
    fn total(&self) -> usize {
        self.confirmed + self.pending + self.hidden + self.missing
    }
}

/// Says that the round has to be closed first.
pub fn not_closed(texts: Texts, round: &Round) -> AnyView {
    let base = round_address(round.mapping, round);
    let action = Some((base, texts.agreement_to_round().to_owned()));
    view! {
        <div class="page-head">
            <p class="eyebrow">{round.name.to_string()}</p>
            <h1>{texts.agreement_title()}</h1>
        </div>
        <Empty text=texts.agreement_not_closed() action=action />
    }
    .into_any()
}

/// Every municipality and how much of it is agreed.
pub fn overview(texts: Texts, round: &Round, tallies: &[Tally]) -> AnyView {
    let base = round_address(round.mapping, round);
    let may_any = tallies.iter().any(|tally| tally.may_agree);
    let rows: Vec<_> = (tallies.iter())
        .map(|tally| {
            let name = tally.municipality.name();
            let address = format!("{base}/bedomning/{}", tally.municipality);
            let action = may_any.then(|| {
                let link = tally.may_agree.then(|| view! {
                    <a href=address>
                        <span aria-hidden="true">{texts.agreement_assess()}</span>
                        <span class="visually-hidden">{texts.agreement_assess_of(name)}</span>
                    </a>
                });
                view! { <td>{link}</td> }
            });
            let words = texts.agreement_total(tally.confirmed, tally.total());
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>
                        <div class="progress">
                            <span>{words}</span>
                            <progress value=tally.confirmed max=tally.total().max(1) aria-hidden="true"></progress>
                        </div>
                    </td>
                    <td class="number">{tally.pending}</td>
                    <td class="number">{tally.hidden}</td>
                    <td class="number">{tally.missing}</td>
                    {action}
                </tr>
            }
        })
        .collect();
    let action = may_any.then(|| view! { <th scope="col">{texts.agreement_action()}</th> });
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base.clone()>{texts.agreement_back_round()}</a></p>
            <h1>{texts.agreement_title()}</h1>
            <p class="lead">{texts.agreement_lead()}</p>
        </div>
        <div class="card">
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.agreement_title()>
                <table class="data coverage">
                    <thead>
                        <tr>
                            <th scope="col">{texts.agreement_municipality()}</th>
                            <th scope="col">{texts.agreement_confirmed()}</th>
                            <th scope="col" class="number">{texts.agreement_pending()}</th>
                            <th scope="col" class="number">{texts.agreement_hidden()}</th>
                            <th scope="col" class="number">{texts.agreement_missing()}</th>
                            {action}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{texts.agreement_legend()}</p>
        </div>
    }
    .into_any()
}

/// What a row's value rests on before the form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Agreed.
    Confirmed,
    /// The median of the answers.
    Pending,
    /// Too few answers for a median.
    Hidden,
    /// No answers.
    Missing,
}

/// One capability in the form.
#[derive(Clone, Debug)]
pub struct AgreementRow {
    /// Which.
    pub capability: CapabilityId,
    /// Its name.
    pub name: String,
    /// "Förmåga att …".
    pub formulation: String,
    /// Its area's name.
    pub area: Option<String>,
    /// What the value rests on.
    pub standing: Standing,
    /// People who answered, as it may be told.
    pub answers: GroupSize,
    /// The chosen current level as a form value.
    pub current: String,
    /// The chosen target level as a form value.
    pub target: String,
    /// The reason.
    pub reason: String,
    /// Whether the row is ticked.
    pub ticked: bool,
    /// The [contents](Self::contents) that stand when the form is shown. The form sends them back, so that a row
    /// nobody has touched, or one that someone else has changed meanwhile, is known.
    pub stood: String,
}

impl AgreementRow {
    /// All that can be decided in the row, in one text to be compared.
    pub fn contents(&self) -> String {
        let (current, target) = (&self.current, &self.target);
        format!("{current}|{target}|{}|{}", self.reason, self.ticked)
    }
}

/// The value of "inte aktuellt för oss" in the select of the current level.
pub const NOT_APPLICABLE: &str = "ej-aktuellt";

/// What a row says now, in words: "Nuläge 3, Börläge 4, Förankrad".
pub fn in_words(texts: Texts, row: &AgreementRow) -> String {
    let mut words = Vec::new();
    if row.current == NOT_APPLICABLE {
        words.push(texts.agreement_not_applicable().to_owned());
    } else if !row.current.is_empty() {
        words.push(format!("{} {}", texts.agreement_current(), row.current));
        words.push(format!("{} {}", texts.agreement_target(), row.target));
    }
    words.push(if row.ticked {
        texts.agreement_is_confirmed().to_owned()
    } else {
        texts.agreement_is_pending().to_owned()
    });
    if !row.reason.is_empty() {
        words.push(format!("”{}”", row.reason));
    }
    words.join(", ")
}

/// One municipality's levels.
#[derive(Clone, Debug)]
pub struct AgreementForm {
    /// The round.
    pub round: Round,
    /// Whose.
    pub municipality: Municipality,
    /// The command's id, made when the form was shown.
    pub op: String,
    /// Capabilities in the order of the map.
    pub rows: Vec<AgreementRow>,
    /// What is wrong, by the name of the row's current level.
    pub errors: Errors,
}

/// The form for one municipality's levels, area by area.
pub fn form(texts: Texts, data: &AgreementForm) -> AnyView {
    let base = round_address(data.round.mapping, &data.round);
    let name = data.municipality.name();
    let areas: Vec<_> = (data.rows.chunk_by(|a, b| a.area == b.area))
        .map(|rows| {
            let area = rows
                .first()
                .and_then(|row| row.area.clone())
                .unwrap_or_else(|| texts.agreement_no_area().to_owned());
            let rows: Vec<_> = rows
                .iter()
                .map(|row| self::row(texts, &data.errors, row))
                .collect();
            view! { <section class="card"><h2>{area}</h2>{rows}</section> }
        })
        .collect();
    let meanings: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            view! {
                <div>
                    <dt>{texts.agreement_level(level.get(), level_name(texts, level))}</dt>
                    <dd>{level_meaning(texts, level)}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=format!("{base}/bedomning")>{texts.agreement_back()}</a></p>
            <h1>{texts.agreement_form_title(name)}</h1>
            <p class="lead">{texts.agreement_form_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        <details class="more">
            <summary>{texts.agreement_levels()}</summary>
            <dl class="definition">{meanings}</dl>
        </details>
        <form method="post" novalidate class="stack">
            <Hidden name="op" value=data.op.clone() />
            {areas}
            <div class="card">
                <p class="hint">{texts.agreement_save_hint()}</p>
                <div class="actions">
                    <button class="button primary" type="submit">{texts.agreement_save()}</button>
                    <button class="button" type="submit" name="alla" value="ja">{texts.agreement_save_all()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn row(texts: Texts, errors: &Errors, row: &AgreementRow) -> AnyView {
    let id = row.capability;
    let current = format!("nulage-{id}");
    let (target, reason) = (format!("borlage-{id}"), format!("skal-{id}"));
    let tick = format!("forankra-{id}");
    let error = errors.of(&current);
    let error_id = error.is_some().then(|| format!("{current}-fel"));
    let invalid = error.is_some().then_some("true");
    let error = error
        .zip(error_id.clone())
        .map(|(error, id)| view! { <p class="field-error" id=id>{error}</p> });
    let (tone, standing) = match row.standing {
        Standing::Confirmed => ("done", texts.agreement_is_confirmed()),
        Standing::Pending => ("warn", texts.agreement_is_pending()),
        Standing::Hidden => ("plain", texts.agreement_is_hidden()),
        Standing::Missing => ("plain", texts.agreement_is_missing()),
    };
    let formulation = (!row.formulation.is_empty())
        .then(|| view! { <p class="hint">{row.formulation.clone()}</p> });
    let answers = match row.answers {
        GroupSize::Nobody => "0".to_owned(),
        size => size.to_string(),
    };
    view! {
        <fieldset class="field assess">
            <legend>{row.name.clone()}</legend>
            {formulation}
            <p class="row muted">
                <Badge tone=tone text=standing />
                <span>{texts.agreement_answers(answers)}</span>
            </p>
            {error}
            <Hidden name=format!("stod-{id}") value=row.stood.clone() />
            <div class="assess-fields">
                <div>
                    <label for=current.clone()>{texts.agreement_current()}</label>
                    <select id=current.clone() name=current aria-invalid=invalid aria-describedby=error_id>
                        {options(texts, &row.current, true)}
                    </select>
                </div>
                <div>
                    <label for=target.clone()>{texts.agreement_target()}</label>
                    <select id=target.clone() name=target>{options(texts, &row.target, false)}</select>
                </div>
                <div>
                    <label for=reason.clone()>{texts.agreement_reason()}</label>
                    <input type="text" id=reason.clone() name=reason value=row.reason.clone() maxlength="200" autocomplete="off" />
                </div>
                <div class="choice">
                    <input type="checkbox" id=tick.clone() name="forankra" value=id.to_string() checked=row.ticked />
                    <label for=tick>
                        {texts.agreement_confirm()}
                        <span class="visually-hidden">" "{row.name.clone()}</span>
                    </label>
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}

fn options(texts: Texts, selected: &str, not_applicable: bool) -> AnyView {
    let mut choices = vec![(String::new(), texts.agreement_unset().to_owned())];
    choices.extend(Level::ALL.into_iter().map(|level| {
        let number = level.get();
        let words = texts.agreement_level(number, level_name(texts, level));
        (number.to_string(), words)
    }));
    if not_applicable {
        let words = texts.agreement_not_applicable().to_owned();
        choices.push((NOT_APPLICABLE.to_owned(), words));
    }
    choices
        .into_iter()
        .map(|(value, words)| {
            let chosen = value == selected;
            view! { <option value=value selected=chosen>{words}</option> }
        })
        .collect_view()
        .into_any()
}
