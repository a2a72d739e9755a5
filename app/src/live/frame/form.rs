//! Forms that post a command of the live workshop, with or without a script.

use leptos::prelude::*;

use crate::live::{Class, Scene};

/// A form that posts a command. Without a script it leads back to the view it stands in.
pub(in crate::live) fn command(
    scene: &Scene,
    back: Class,
    verb: &'static str,
    fields: &[(&'static str, String)],
    class: &'static str,
    inner: impl IntoView,
) -> AnyView {
    form(scene, back, verb, fields, (class, false), inner.into_any())
}

/// A form whose written words are cleared once they are sent.
pub(in crate::live) fn clearing(
    scene: &Scene,
    back: Class,
    verb: &'static str,
    fields: &[(&'static str, String)],
    class: &'static str,
    inner: impl IntoView,
) -> AnyView {
    form(scene, back, verb, fields, (class, true), inner.into_any())
}

fn form(
    scene: &Scene,
    back: Class,
    verb: &'static str,
    fields: &[(&'static str, String)],
    (class, clears): (&'static str, bool),
    inner: AnyView,
) -> AnyView {
    let hidden: Vec<_> = (fields.iter())
        .map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone() /> })
        .collect();
    view! {
        <form method="post" action=scene.address("/gor") class=class data-live data-clear=clears>
            <input type="hidden" name="gor" value=verb />
            <input type="hidden" name="op" value="{op}" />
            <input type="hidden" name="till" value=back.code() />
            {hidden}
            {inner}
        </form>
    }
    .into_any()
}

/// A form that is one button. `about` is read out after the button's words where they alone do not say what they
/// are about.
pub(in crate::live) fn button(
    scene: &Scene,
    back: Class,
    verb: &'static str,
    fields: &[(&'static str, String)],
    class: &'static str,
    words: impl IntoView + 'static,
    about: &str,
) -> AnyView {
    let about = (!about.is_empty())
        .then(|| view! { <span class="visually-hidden">{format!(": {about}")}</span> });
    let inner = view! { <button class=class type="submit">{words}{about}</button> };
    command(scene, back, verb, fields, "inline-form", inner)
}

#[cfg(test)]
mod tests {
    use domain::workshop::Activity;

    use super::*;
    use crate::live::sample::scene;

    #[test]
    fn a_command_knows_what_it_does_and_where_it_leads_back_to() {
        let scene = scene(Activity::Talk);
        let fields = [("punkt", "<&\"1".to_owned())];
        let html = button(
            &scene,
            Class::Leader,
            "hoppaover",
            &fields,
            "link",
            "Hoppa över",
            "Fika",
        )
        .to_html();
        assert!(html.contains(r#"name="op" value="{op}""#), "{html}");
        assert!(html.contains(r#"name="gor" value="hoppaover""#), "{html}");
        assert!(html.contains(r#"name="till" value="led""#), "{html}");
        assert!(
            html.contains(r#"name="punkt" value="&lt;&amp;&quot;1""#),
            "{html}"
        );
        assert!(html.contains(": Fika<"), "{html}");
        assert!(
            html.contains("data-live") && !html.contains("data-clear"),
            "{html}"
        );
    }
}
