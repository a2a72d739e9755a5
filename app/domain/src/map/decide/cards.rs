//! Cards: writing, showing, hiding, and what becomes of them on the map.

use std::collections::BTreeSet;

use super::Draft;
use crate::{
    ids::{CapabilityId, CardId, GoalId, ItemId, WeaknessId, WorkshopId},
    map::{
        Author, CapabilityDraft, CapabilityKind, Change, Deed, Event, Goal, GoalLevel, Refusal,
        Status, Weakness, WeaknessKind,
    },
    municipality::Municipality,
    text::{Description, GoalTitle, WeaknessName, fold},
    workshop::{Became, Card, CardKind, CardState, CardText, PromoteTo, split_wording},
};

/// What is written on a new card: kind, words, who, for whom, about what.
pub(super) type Written = (
    CardKind,
    CardText,
    Author,
    Option<Municipality>,
    Option<CapabilityId>,
);

impl Draft {
    fn card(&self, workshop: WorkshopId, id: CardId) -> Result<Card, Refusal> {
        (self
            .done()
            .cards
            .get(&id)
            .filter(|card| card.workshop == workshop))
        .cloned()
        .ok_or(Refusal::NotFound)
    }

    fn put_card(&mut self, id: CardId, after: Option<Card>) {
        let before = self.done().cards.get(&id).cloned();
        self.push(Event::Card(Box::new(Change { id, before, after })));
    }

    pub(super) fn write_card(
        &mut self,
        workshop: WorkshopId,
        id: CardId,
        item: ItemId,
        (mut kind, text, by, municipality, about): Written,
    ) -> Result<Deed, Refusal> {
        let point = self.item(workshop, item)?;
        let stage = self.done().stage(workshop);
        if self.done().cards.contains_key(&id) {
            return Err(Refusal::Taken);
        }
        if stage.opened_at.is_none() && kind != CardKind::Reflection {
            return Err(Refusal::NotOpen);
        }
        // What comes in after the end, from someone who was out of reach, is not lost: the facilitators read it.
        if stage.ended_at.is_some() {
            kind = CardKind::Reflection;
        }
        if let Some(about) = about {
            self.known(about)?;
        }
        let proposal = matches!(kind, CardKind::Capability | CardKind::Weakness);
        let private = kind == CardKind::Reflection || (proposal && stage.is_silent(point));
        let mut card = Card {
            workshop,
            item,
            kind,
            text,
            by,
            municipality,
            about,
            state: if private {
                CardState::Private
            } else {
                CardState::Shown
            },
            became: None,
        };
        if proposal && !private {
            card.became = Some(self.settle(id, &card));
        }
        self.put_card(id, Some(card));
        Ok(Deed::CardWritten)
    }

    /// Puts a proposal on the map: what has the same name already, apart from case, diacritics and punctuation, is
    /// the same thing.
    fn settle(&mut self, id: CardId, card: &Card) -> Became {
        if card.kind == CardKind::Weakness {
            let same = (self.now().weaknesses.iter())
                .find(|(_, weakness)| fold(&weakness.name) == fold(&card.text))
                .map(|(id, _)| *id);
            return Became::Weakness(same.unwrap_or_else(|| self.settle_weakness(id, card)));
        }
        let (name, formulation) = split_wording(&card.text);
        let same = (self.now().capabilities.iter())
            .find(|(_, known)| known.is_active() && fold(&known.draft.name) == fold(&name))
            .filter(|(_, known)| {
                fold(&known.draft.formulation) == fold(&formulation) || formulation.is_empty()
            })
            .map(|(id, _)| *id);
        Became::Capability(same.unwrap_or_else(|| {
            let capability = CapabilityId::new(id.uuid());
            let draft = CapabilityDraft {
                name,
                formulation,
                description: Description::default(),
                kind: CapabilityKind::Supporting,
                layers: BTreeSet::new(),
                area: None,
                goals: BTreeSet::new(),
                anchors: crate::map::Anchors::default(),
                owner: crate::text::Owner::default(),
            };
            self.add_capability(capability, draft);
            capability
        }))
    }

    fn settle_weakness(&mut self, id: CardId, card: &Card) -> WeaknessId {
        let weakness = WeaknessId::new(id.uuid());
        let cut: String = card.text.chars().take(WeaknessName::MAX).collect();
        let whole = cut.len() == card.text.len();
        let content = Weakness {
            name: cut.parse().unwrap_or_default(),
            description: if whole {
                Description::default()
            } else {
                card.text.parse().unwrap_or_default()
            },
            kind: WeaknessKind::WayOfWorking,
            capability: card.about,
        };
        self.put_weakness(weakness, Some(content));
        weakness
    }

    pub(super) fn reveal(&mut self, workshop: WorkshopId, item: ItemId) -> Result<Deed, Refusal> {
        let mut stage = self.open_stage(workshop)?;
        self.item(workshop, item)?;
        stage.revealed.insert(item);
        self.put_stage(workshop, stage);
        let silent: Vec<_> = (self.done().cards_at(workshop, item))
            .filter(|(_, card)| {
                card.state == CardState::Private && card.kind != CardKind::Reflection
            })
            .map(|(id, card)| (id, card.clone()))
            .collect();
        for (id, mut card) in silent {
            card.state = CardState::Shown;
            card.became = Some(self.settle(id, &card));
            self.put_card(id, Some(card));
        }
        Ok(Deed::CardsRevealed)
    }

    /// What everyone has seen stays as it was when the workshop ended: the minutes tell of it.
    fn still_goes_on(&self, workshop: WorkshopId, card: &Card) -> Result<(), Refusal> {
        let ended = self.done().stage(workshop).ended_at.is_some();
        if ended && card.state != CardState::Private {
            return Err(Refusal::NotOpen);
        }
        Ok(())
    }

    pub(super) fn edit_card(
        &mut self,
        workshop: WorkshopId,
        id: CardId,
        text: CardText,
        by: Author,
    ) -> Result<Deed, Refusal> {
        let mut card = self.card(workshop, id)?;
        if card.by != by {
            return Err(Refusal::NotYours);
        }
        self.still_goes_on(workshop, &card)?;
        if card.became.is_some() {
            return Err(Refusal::Shown);
        }
        card.text = text;
        self.put_card(id, Some(card));
        Ok(Deed::CardEdited)
    }

    pub(super) fn withdraw_card(
        &mut self,
        workshop: WorkshopId,
        id: CardId,
        by: Author,
    ) -> Result<Deed, Refusal> {
        let card = self.card(workshop, id)?;
        if card.by != by {
            return Err(Refusal::NotYours);
        }
        self.still_goes_on(workshop, &card)?;
        if card.became.is_some() {
            return Err(Refusal::Shown);
        }
        self.put_card(id, None);
        Ok(Deed::CardWithdrawn)
    }

    /// Hiding takes what the card became off the map too, unless somebody else said the same.
    pub(super) fn hide_card(
        &mut self,
        workshop: WorkshopId,
        id: CardId,
        hidden: bool,
    ) -> Result<Deed, Refusal> {
        let mut card = self.card(workshop, id)?;
        let (from, to) = if hidden {
            (CardState::Shown, CardState::Hidden)
        } else {
            (CardState::Hidden, CardState::Shown)
        };
        if card.state == to {
            return Ok(Deed::CardHidden);
        }
        if card.state != from {
            return Err(Refusal::NotFound);
        }
        card.state = to;
        // What stood on the map before anyone wrote a card about it is not taken away with the card.
        let cards = &self.done().cards;
        let from_card = match card.became {
            Some(Became::Capability(it)) => cards.contains_key(&CardId::new(it.uuid())),
            Some(Became::Weakness(it)) => cards.contains_key(&CardId::new(it.uuid())),
            Some(Became::Goal(_)) | None => false,
        };
        let alone = from_card
            && !(cards.iter()).any(|(other, known)| {
                *other != id && known.state == CardState::Shown && known.became == card.became
            });
        match card.became {
            Some(Became::Capability(capability)) if alone => {
                let content = self.now().capabilities.get(&capability).cloned();
                match content {
                    Some(content) if hidden && content.is_active() => {
                        self.retire(capability, content, BTreeSet::new());
                    }
                    // What has been merged or split meanwhile stays so.
                    Some(content)
                        if !hidden
                            && matches!(&content.status, Status::Retired { into } if into.is_empty()) =>
                    {
                        self.restore(capability)?;
                    }
                    _ => {}
                }
            }
            Some(Became::Weakness(weakness)) if alone => {
                if hidden {
                    self.put_weakness(weakness, None);
                } else {
                    card.became = Some(self.settle(id, &card));
                }
            }
            _ => {}
        }
        self.put_card(id, Some(card));
        Ok(Deed::CardHidden)
    }

    pub(super) fn promote_card(
        &mut self,
        workshop: WorkshopId,
        id: CardId,
        what: PromoteTo,
    ) -> Result<Deed, Refusal> {
        let mut card = self.card(workshop, id)?;
        if card.became.is_some() || card.state == CardState::Hidden {
            return Err(Refusal::Taken);
        }
        let silent = self.item(workshop, card.item)?;
        if self.done().stage(workshop).is_silent(silent) && card.kind != CardKind::Reflection {
            return Err(Refusal::Unfit);
        }
        card.became = Some(match what {
            PromoteTo::Capability => self.settle(
                id,
                &Card {
                    kind: CardKind::Capability,
                    ..card.clone()
                },
            ),
            PromoteTo::Weakness => self.settle(
                id,
                &Card {
                    kind: CardKind::Weakness,
                    ..card.clone()
                },
            ),
            PromoteTo::Goal => {
                let goal = GoalId::new(id.uuid());
                let cut: String = card.text.chars().take(GoalTitle::MAX).collect();
                let content = Goal {
                    level: GoalLevel::Regional,
                    parent: None,
                    title: cut.parse().unwrap_or_default(),
                    description: card.text.parse().unwrap_or_default(),
                    municipality: None,
                };
                self.save_goal(goal, content)?;
                Became::Goal(goal)
            }
        });
        card.state = CardState::Shown;
        self.put_card(id, Some(card));
        Ok(Deed::CardPromoted)
    }
}
