//! A workshop at one moment: its scene, and what has been made of it for each class.

use std::{
    collections::{BTreeMap, VecDeque, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    panic::resume_unwind,
    sync::{Arc, OnceLock},
    thread,
};

use app::live::{
    Class, Me, Scene, leader,
    part::{Flat, Part},
    participant, projector,
};
use domain::{
    ids::WorkshopId,
    map::Author,
    workshop::{Card, CardState, Voter, Work},
};

use super::message::{self, Message};

/// How many steps back a browser that has been away for a moment can go on from.
const STEPS: usize = 32;

/// What one class sees: the tree, and the steps that led to it.
pub(crate) struct View {
    /// The tree.
    pub(crate) tree: Part,
    flat: Flat,
    /// Its hash.
    pub(super) hash: String,
    seq: u64,
    steps: VecDeque<Step>,
    whole: OnceLock<Message>,
}

/// From one tree to the next.
#[derive(Clone)]
struct Step {
    from: String,
    message: Message,
}

impl View {
    fn new(tree: Part, seq: u64) -> Self {
        let flat = tree.flatten();
        Self {
            tree,
            hash: flat.hash(),
            flat,
            seq,
            steps: VecDeque::new(),
            whole: OnceLock::new(),
        }
    }

    /// The view that follows: the same one when nothing has changed.
    fn next(earlier: &Arc<Self>, tree: Part, seq: u64) -> Arc<Self> {
        let mut view = Self::new(tree, seq);
        if view.hash == earlier.hash {
            return Arc::clone(earlier);
        }
        view.steps.clone_from(&earlier.steps);
        if view.steps.len() == STEPS {
            view.steps.pop_front();
        }
        view.steps.push_back(Step {
            from: earlier.hash.clone(),
            message: Message::new(seq, &view.hash, false, &view.flat.since(&earlier.flat)),
        });
        Arc::new(view)
    }

    /// The whole tree.
    pub(super) fn whole(&self) -> &Message {
        (self.whole).get_or_init(|| message::whole(self.seq, &self.flat))
    }

    /// The whole tree, told at a later place in the log that has not changed it.
    pub(super) fn whole_at(&self, seq: u64) -> Message {
        message::whole(seq, &self.flat)
    }

    /// The steps from the tree with this hash to this one: none when it is this one; nothing when it is not known.
    pub(super) fn since(&self, hash: &str) -> Option<Vec<&Message>> {
        if hash == self.hash {
            return Some(Vec::new());
        }
        let from = self.steps.iter().rposition(|step| step.from == hash)?;
        Some(
            (self.steps.iter().skip(from))
                .map(|step| &step.message)
                .collect(),
        )
    }

    /// A message that changes nothing, but tells how far the log has come.
    pub(super) fn nothing(&self, seq: u64) -> Message {
        Message::new(seq, &self.hash, false, &[])
    }
}

/// See the module.
pub(crate) struct Snapshot {
    /// Everything that views are made from.
    pub(crate) scene: Arc<Scene>,
    /// Which change of the people has been taken in.
    pub(super) people: u64,
    /// Another number whenever anything has changed that everyone's own part may be made from.
    common: u64,
    /// The same for what everyone writes and moves.
    shown: u64,
    own: OnceLock<BTreeMap<Author, u64>>,
    views: [OnceLock<Arc<View>>; 3],
    /// What those see who have not been let in.
    outside: Arc<View>,
}

impl Snapshot {
    /// The moment after `earlier`. Views of the classes that are `listened` to are made at once, others when somebody
    /// asks; those of classes not `touched` by the change stay as they are.
    pub(super) fn next(
        earlier: Option<&Self>,
        scene: Scene,
        people: u64,
        listened: &[Class],
        touched: &[Class],
    ) -> Self {
        let seq = scene.state.seq;
        let count = |same: fn(&Scene, &Scene) -> bool, number: fn(&Self) -> u64| {
            earlier.map_or(0, |earlier| {
                number(earlier) + u64::from(!same(&earlier.scene, &scene))
            })
        };
        let common = count(same_for_all, |earlier| earlier.common);
        let shown = count(same_shown, |earlier| earlier.shown);
        let door = participant::door(&scene);
        let outside = match earlier {
            Some(earlier) => View::next(&earlier.outside, door, seq),
            None => Arc::new(View::new(door, seq)),
        };
        let next = Self {
            people,
            common,
            shown,
            own: OnceLock::new(),
            views: [const { OnceLock::new() }; 3],
            outside,
            scene: Arc::new(scene),
        };
        let scene = &next.scene;
        let make = &|class: Class| {
            let known = earlier.and_then(|earlier| earlier.views[class as usize].get());
            match known {
                Some(known) if !touched.contains(&class) => Some(Arc::clone(known)),
                _ if !listened.contains(&class) => None,
                Some(known) => Some(View::next(known, tree(scene, class), seq)),
                None => Some(Arc::new(View::new(tree(scene, class), seq))),
            }
        };
        // At the same time, for the last screen waits for all of them.
        let views = thread::scope(|scope| {
            let beside =
                [Class::Projector, Class::Leader].map(|class| scope.spawn(move || make(class)));
            let participant = (Class::Participant, make(Class::Participant));
            let [projector, leader] =
                beside.map(|made| made.join().unwrap_or_else(|panic| resume_unwind(panic)));
            [
                participant,
                (Class::Projector, projector),
                (Class::Leader, leader),
            ]
        });
        for (class, view) in views {
            if let Some(view) = view {
                next.views[class as usize].set(view).ok();
            }
        }
        next
    }

    /// What a class sees; made now, if nobody has asked before.
    pub(crate) fn view(&self, class: Class) -> &Arc<View> {
        self.views[class as usize]
            .get_or_init(|| Arc::new(View::new(tree(&self.scene, class), self.scene.state.seq)))
    }

    /// What this person sees of a class's view.
    pub(crate) fn view_for(&self, class: Class, me: Option<&Me>) -> &Arc<View> {
        match me {
            Some(me) if !me.approved => &self.outside,
            _ => self.view(class),
        }
    }

    /// Numbers that change whenever this person's own part may have.
    pub(super) fn key(&self, me: &Me) -> Key {
        let own = self
            .own
            .get_or_init(|| own(&self.scene.state.work, self.scene.id));
        let mut hasher = DefaultHasher::new();
        (self.common, own.get(&me.author)).hash(&mut hasher);
        (&me.name, me.approved, me.leads).hash(&mut hasher);
        (&me.municipalities, &me.speaks_for).hash(&mut hasher);
        Key {
            own: hasher.finish(),
            shown: self.shown,
        }
    }
}

/// What a person's own part is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// What is led, what they have done themselves, and who they are.
    pub(super) own: u64,
    /// What everyone writes and moves.
    shown: u64,
}

fn tree(scene: &Scene, class: Class) -> Part {
    match class {
        Class::Projector => projector::scene(scene),
        Class::Leader => leader::scene(scene),
        Class::Participant => participant::scene(scene),
    }
}

/// Whether nothing has changed that somebody's own part may be made from, beside what they have written, voted and
/// said themselves. So an own part never depends on what others write privately, vote or are ready with.
fn same_for_all(one: &Scene, other: &Scene) -> bool {
    fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
        one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
    }
    let (a, b) = (&one.state, &other.state);
    one.stage == other.stage
        && one.workshop == other.workshop
        && Arc::ptr_eq(&a.agreed, &b.agreed)
        && Arc::ptr_eq(&a.effects, &b.effects)
        && a.versions.len() == b.versions.len()
        && a.work.improvements == b.work.improvements
        && a.work.reviews == b.work.reviews
        && a.work.notes == b.work.notes
        && a.work.minutes == b.work.minutes
        && one.code == other.code
        && one.texts == other.texts
        && one.mapping == other.mapping
        && same(one.results.as_ref(), other.results.as_ref())
        && same(one.spread.as_ref(), other.spread.as_ref())
}

/// The same about what everyone writes and moves: cards that are shown, and the map.
fn same_shown(one: &Scene, other: &Scene) -> bool {
    fn shown(scene: &Scene) -> impl Iterator<Item = &Card> {
        (scene.state.work.cards.values())
            .filter(|card| card.workshop == scene.id && card.state != CardState::Private)
    }
    let (a, b) = (&one.state, &other.state);
    Arc::ptr_eq(&a.contents, &b.contents)
        && (Arc::ptr_eq(&a.work.cards, &b.work.cards) || shown(one).eq(shown(other)))
}

/// A number for what each person has written, voted and said in a workshop.
fn own(work: &Work, workshop: WorkshopId) -> BTreeMap<Author, u64> {
    let mut own = BTreeMap::<Author, DefaultHasher>::new();
    for (id, card) in work.cards.iter() {
        if card.workshop == workshop {
            let hasher = own.entry(card.by).or_default();
            (id, card.item, &*card.text, card.kind, card.state).hash(hasher);
            (card.municipality, card.about, card.became.is_some()).hash(hasher);
        }
    }
    for (key, value) in work.votes.iter() {
        if key.workshop == workshop
            && let Voter::Person(author) = key.voter
        {
            (key, value).hash(own.entry(author).or_default());
        }
    }
    for key in work.ready.keys() {
        if key.workshop == workshop {
            key.hash(own.entry(key.by).or_default());
        }
    }
    (own.into_iter())
        .map(|(author, hasher)| (author, hasher.finish()))
        .collect()
}
