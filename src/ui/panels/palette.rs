//! What can be added: grouped, searched, dragged out, or picked and then placed.

use trapwise_editor::geometry::Point;
use trapwise_editor::{Command, Editor, Input};
use trapwise_model::PaletteItem;
use trapwise_model::catalogue::Group;
use yew::prelude::*;

use crate::platform::board::{self, Raw};
use crate::platform::dom;
use crate::ui::canvas::{group_name, input, resize};
use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::{icon, icon_with};

/// What the palette shows.
#[derive(Properties)]
pub struct PaletteProps {
    /// The editor.
    pub editor: Editor,
}

impl PartialEq for PaletteProps {
    /// A drag over the board changes nothing here.
    fn eq(&self, other: &Self) -> bool {
        self.editor.same_board(&other.editor) && self.editor.picked_item() == other.editor.picked_item()
    }
}

/// From how many items on a search is offered.
const SEARCHED: usize = 9;

/// The palette.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let editor = &props.editor;
    let query = use_state(String::new);
    let closed = use_state(Vec::<Group>::new);
    let on_search = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
            query.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    let picked = editor.picked_item();
    let wanted = query.trim().to_ascii_lowercase();
    let matches = |item: &PaletteItem| {
        let spec = item.kind.spec();
        let label = item.label.as_deref().unwrap_or(spec.label);
        wanted.is_empty()
            || format!("{label} {} {}", spec.label, spec.help).to_ascii_lowercase().contains(&wanted)
    };
    let mut found = 0;
    let groups = Group::ALL.iter().filter_map(|group| {
        let items: Vec<_> = editor
            .palette()
            .iter()
            .enumerate()
            .filter(|(_, item)| item.kind.spec().group == *group && matches(item))
            .collect();
        found += items.len();
        let rows = items.iter().map(|(index, item)| {
            html! {
                <Item key={*index} index={*index} item={(*item).clone()}
                    left={item.limit.map(|_| editor.rules().remaining(editor.design(), item))}
                    full={editor.rules().remaining(editor.design(), item) == 0}
                    picked={picked == Some(*index)} />
            }
        });
        // What is found is shown, whatever was closed before.
        let open = !wanted.is_empty() || !closed.contains(group);
        let toggle = {
            let (closed, group) = (closed.clone(), *group);
            Callback::from(move |_: MouseEvent| {
                let mut next: Vec<Group> = closed.iter().copied().filter(|other| *other != group).collect();
                if next.len() == closed.len() {
                    next.push(group);
                }
                closed.set(next);
            })
        };
        (!items.is_empty()).then(|| {
            html! {
                <section key={group.name()} class="palette-group">
                    <h3>
                        <button type="button" aria-expanded={open.to_string()} onclick={toggle}>
                            { icon(if open { "ui-chevron-down" } else { "ui-chevron-right" }) }
                            { group_name(*group) }
                            if !open { <span class="count">{ items.len() }</span> }
                        </button>
                    </h3>
                    if open { <ul>{ for rows }</ul> }
                </section>
            }
        })
    });
    let groups: Vec<_> = groups.collect();
    let in_hand = picked.and_then(|index| editor.palette().get(index)).map(help_of);
    html! {
        <div class="panel palette">
            if editor.palette().len() >= SEARCHED {
                <label class="palette-search">
                    { icon("ui-search") }
                    <span class="visually-hidden">{ "Search components" }</span>
                    <input type="search" placeholder="Search components" value={(*query).clone()} oninput={on_search} />
                </label>
            }
            <p class="palette-how">
                { in_hand.unwrap_or_else(|| "Select a component and then where to place it, or drag it onto the board.".to_owned()) }
            </p>
            { for groups }
            if found == 0 {
                <p class="panel-empty">{ "No matching components." }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    index: usize,
    item: PaletteItem,
    /// How many more are allowed, where the scenario sets a limit.
    left: Option<usize>,
    full: bool,
    picked: bool,
}

#[component]
fn Item(props: &ItemProps) -> Html {
    let ItemProps { index, item, left, full, picked } = props;
    let (index, full) = (*index, *full);
    let dispatch = use_editor_dispatch();
    let node = use_node_ref();
    // Whether the pointer's own events have dealt with the click that follows them.
    let handled = use_mut_ref(|| false);
    {
        let (node, handled) = (node.clone(), handled.clone());
        use_effect_with((index, full, dispatch.clone()), move |(index, full, dispatch)| {
            let (index, dispatch) = (*index, dispatch.clone());
            let listening = (!full).then(|| {
                board::listen(&node, false, move |raw| {
                    // A finger's click does not come.
                    if matches!(raw, Raw::Down { touch: false, .. }) {
                        *handled.borrow_mut() = true;
                    }
                    // The page may have been scrolled since the board was last asked where it is.
                    if let (Raw::Down { .. }, Some(frame)) = (raw, board::frame_by_id("board")) {
                        dispatch.emit(resize(frame));
                    }
                    dispatch.emit(Action::Input(match raw {
                        Raw::Down { pointer, x, y, .. } => {
                            Input::DownOnPalette { pointer, at: Point::new(x, y), item: index }
                        }
                        Raw::Leave => return,
                        other => input(other),
                    }));
                })
            });
            move || drop(listening)
        });
    }
    // A click without a pointer is the keyboard's: pick, and go to the board to place. An item that is
    // used up says so.
    let on_click = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            let handled = std::mem::take(&mut *handled.borrow_mut());
            if event.detail() == 0 || (full && !handled) {
                dispatch.emit(Action::Run(Command::PickItem(index)));
                if !full {
                    dom::focus("board");
                }
            }
        })
    };
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            dispatch.emit(Action::Input(Input::Key(trapwise_editor::Key::Escape)));
        }
    });
    let spec = item.kind.spec();
    let label = item.label.clone().unwrap_or_else(|| spec.label.to_owned());
    let help = help_of(item);
    let class = classes!("palette-item", format!("cat-{}", spec.group), picked.then_some("picked"));
    html! {
        <li>
            <button ref={node} type="button" {class} aria-pressed={picked.to_string()} aria-disabled={full.to_string()}
                title={help.clone()} data-kind={item.kind.name()} data-preset={item.preset.clone()} onclick={on_click} onkeydown={on_key}>
                { icon_with(item.kind.name(), classes!("card-icon")) }
                <span class="palette-label">{ label }</span>
                if let Some(left) = left {
                    <span class="palette-left">
                        { "×" }{ left }<span class="visually-hidden">{ " left" }</span>
                    </span>
                }
                <span class="palette-help">{ help }</span>
            </button>
        </li>
    }
}

fn help_of(item: &PaletteItem) -> String {
    item.help.clone().unwrap_or_else(|| item.kind.spec().help.to_owned())
}
