//! A point on the agenda: adding, editing and removing it.

use domain::{
    ids::{ItemId, MappingId, WorkshopId},
    workshop::{Activity, Item, ItemKind},
};
use leptos::prelude::*;

use super::{activity_text, address, crumbs, kind_mark, kind_text};
use crate::{
    components::{
        Choice, ErrorSummary, Errors, Hidden, RadioGroup, Select, SubmitRow, TextArea, TextField,
    },
    texts::Texts,
};

/// What has been typed about a point.
#[derive(Clone, Debug, Default)]
pub struct ItemForm {
    /// The command's id.
    pub op: String,
    /// The point's id; a new one's was made when the form was shown.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Code of the type.
    pub kind: String,
    /// Code of the activity.
    pub activity: String,
    /// Instruction.
    pub instruction: String,
    /// Responsible.
    pub responsible: String,
    /// Minutes.
    pub minutes: String,
    /// Id of the point that a new one stands before; empty for last.
    pub before: String,
    /// What is wrong.
    pub errors: Errors,
}

impl ItemForm {
    /// The form of a point as it stands.
    pub fn of(item: &Item, op: String) -> Self {
        Self {
            op,
            id: item.id.to_string(),
            title: item.title.to_string(),
            kind: item.kind.code().to_owned(),
            activity: item.activity.code().to_owned(),
            instruction: item.instruction.to_string(),
            responsible: item.responsible.to_string(),
            minutes: item.minutes.to_string(),
            before: String::new(),
            errors: Errors::default(),
        }
    }
}

/// A page about one point.
#[derive(Clone, Debug)]
pub struct ItemPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Which workshop.
    pub workshop: WorkshopId,
    /// The workshop's name.
    pub workshop_title: String,
    /// Which point; none when it is new.
    pub item: Option<ItemId>,
    /// The other points in order, for where a new one stands.
    pub others: Vec<(ItemId, String)>,
    /// Whether something has happened at the point, so that it stays.
    pub used: bool,
    /// The id of the command that removes it.
    pub remove_op: String,
    /// What has been typed.
    pub form: ItemForm,
}

/// The page's title.
pub fn title(texts: Texts, page: &ItemPage) -> &'static str {
    match page.item {
        Some(_) => texts.series_item_edit_title(),
        None => texts.series_item_new_title(),
    }
}

/// The page.
pub fn view(texts: Texts, page: &ItemPage) -> AnyView {
    let form = &page.form;
    let title = title(texts, page);
    let plan = address(page.mapping, page.workshop, "/planera");
    let end = (page.item).map_or_else(|| "ny".to_owned(), |id| id.to_string());
    let action = address(page.mapping, page.workshop, &format!("/punkter/{end}"));
    let kinds: Vec<Choice> = (ItemKind::ALL.iter())
        .map(|kind| {
            let words = format!("{} {}", kind_mark(*kind), kind_text(texts, *kind));
            (kind.code().to_owned(), words)
        })
        .collect();
    let activities: Vec<Choice> = (Activity::ALL.iter())
        .map(|activity| {
            let words = activity_text(texts, *activity).to_owned();
            (activity.code().to_owned(), words)
        })
        .collect();
    let before = page.item.is_none().then(|| {
        let places: Vec<Choice> = std::iter::once((String::new(), texts.series_last().to_owned()))
            .chain((page.others.iter()).map(|(id, title)| (id.to_string(), texts.series_before(title))))
            .collect();
        view! {
            <Select name="fore" label=texts.series_where() choices=places selected=form.before.clone() error=form.errors.of("fore") />
        }
    });
    let back = format!("{plan}#dagordning");
    view! {
        <div class="narrow">
            {crumbs(texts, page.mapping, Some((page.workshop, page.workshop_title.clone())), title)}
            <div class="page-head"><h1>{title}</h1></div>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=action.clone() novalidate class="stack">
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="id" value=form.id.clone() />
                <TextField name="rubrik" label=texts.series_item_title() value=form.title.clone() error=form.errors.of("rubrik") max=80 required=true />
                <RadioGroup name="typ" legend=texts.series_item_kind() choices=kinds selected=form.kind.clone() error=form.errors.of("typ") />
                <Select name="moment" label=texts.series_item_activity() choices=activities selected=form.activity.clone() error=form.errors.of("moment") hint=texts.series_item_activity_hint() />
                <TextArea name="instruktion" label=texts.series_item_instruction() value=form.instruction.clone() error=form.errors.of("instruktion") hint=texts.series_item_instruction_hint() max=400 rows=3 />
                <TextField name="ansvarig" label=texts.series_item_responsible() value=form.responsible.clone() error=form.errors.of("ansvarig") max=80 />
                <TextField name="minuter" label=texts.series_item_minutes() value=form.minutes.clone() error=form.errors.of("minuter") kind="number" required=true />
                {before}
                <SubmitRow label=texts.form_save() cancel=(back, texts.form_cancel().to_owned()) />
            </form>
            {page.item.map(|_| remove(texts, page, &action))}
        </div>
    }
    .into_any()
}

fn remove(texts: Texts, page: &ItemPage, action: &str) -> AnyView {
    if page.used {
        return view! { <p class="hint">{texts.refusal_used()}</p> }.into_any();
    }
    view! {
        <form method="post" action=format!("{action}/ta-bort")>
            <Hidden name="op" value=page.remove_op.clone() />
            <div class="actions"><button class="button danger" type="submit">{texts.series_item_remove()}</button></div>
        </form>
    }
    .into_any()
}
