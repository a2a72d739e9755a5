//! The description of the API that programs read (`OpenAPI` 3.1).

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ContentBuilder, Ref, RefOr, Response, ResponseBuilder, Schema,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use super::problem::{MEDIA_TYPE, Problem};

/// The whole description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Förmågekartan",
        version = "1.0.0",
        description = "Read-only access to what municipalities have mapped together: ratified maps, and the results of \
            closed rounds with what they rest on.\n\nA samordnare makes a key (läsnyckel) for one mapping. Examples, \
            which are invented, are readable without. Lists are short and always whole: there are no pages to turn. \
            Numbers are rounded as on the pages, so that a number is the same wherever it stands. What is too small to \
            be shown is null with a symbol. Answers have an ETag: send it back as If-None-Match.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/")),
    tags(
        (name = "mappings", description = "Mappings and their municipalities"),
        (name = "map", description = "Ratified versions of the map"),
        (name = "results", description = "Closed rounds: levels, priorities, how answers spread, findings")
    ),
    paths(
        super::mappings::list,
        super::mappings::show,
        super::versions::list,
        super::versions::show,
        super::rounds::list,
        super::results::show,
        super::spread::show,
        super::findings::show,
    ),
    components(schemas(Problem)),
    modifiers(&Common)
)]
struct Document;

/// What holds for every address.
struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let refused = [
            (
                "401",
                "KeyNeeded",
                "There is no key, or it opens nothing (any more).",
            ),
            ("403", "NotAllowed", "The key is for another mapping."),
            ("404", "NotFound", "There is nothing here."),
            ("500", "Fault", "Something went wrong on the server."),
        ];
        let components = document.components.get_or_insert_default();
        for (_, name, description) in refused {
            let response = ResponseBuilder::new()
                .description(description)
                .content(
                    MEDIA_TYPE,
                    ContentBuilder::new()
                        .schema(Some(Ref::from_schema_name("Problem")))
                        .build(),
                )
                .build();
            (components.responses).insert(name.to_owned(), RefOr::T(response));
        }
        (components.responses).insert(
            "Unchanged".to_owned(),
            RefOr::T(Response::new("The caller has the newest answer already.")),
        );
        components.add_security_scheme(
            "key",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
        for schema in components.schemas.values_mut() {
            require_all(schema);
        }
        for item in document.paths.paths.values_mut() {
            let Some(operation) = &mut item.get else {
                continue;
            };
            // Examples need no key.
            operation.security = Some(vec![
                SecurityRequirement::new::<_, [String; 0], String>("key", []),
                SecurityRequirement::default(),
            ]);
            let own = refused.map(|(status, name, _)| (status, name));
            for (status, name) in own.into_iter().chain([("304", "Unchanged")]) {
                let response = RefOr::Ref(Ref::from_response_name(name));
                (operation.responses.responses).insert(status.to_owned(), response);
            }
        }
    }
}

/// Says that everything is always sent: what there is nothing of is null.
fn require_all(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.required = object.properties.keys().cloned().collect();
        }
        RefOr::T(Schema::AllOf(parts)) => parts.items.iter_mut().for_each(require_all),
        _ => {}
    }
}

/// `GET /api/v1/openapi.json`.
pub(super) fn whole() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
