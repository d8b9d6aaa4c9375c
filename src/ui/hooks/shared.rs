//! Yew's hooks for values of any type. Its own are compiled anew for each type of value and each closure;
//! these, which go by the same names and do the same, once.

#![expect(clippy::disallowed_methods, reason = "here they are used, once each")]

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use yew::functional::{Hook, HookContext, TearDown};
use yew::prelude::*;

/// A state; setting it draws again.
pub fn use_state<'hook, T: 'static>(
    init: impl FnOnce() -> T + 'hook,
) -> impl Hook<Output = State<T>> + 'hook {
    Start { init: Box::new(move || AnyValue::unequal(init())), wrap: AnyValue::unequal }
}

/// A state; setting it to another value draws again.
pub fn use_state_eq<'hook, T: PartialEq + 'static>(
    init: impl FnOnce() -> T + 'hook,
) -> impl Hook<Output = State<T>> + 'hook {
    Start { init: Box::new(move || AnyValue::of(init())), wrap: AnyValue::of }
}

/// Does something after the first drawing and after one with other `deps`.
pub fn use_effect_with<T, D>(deps: T, effect: impl FnOnce(&T) -> D + 'static) -> impl Hook<Output = ()>
where
    T: PartialEq + 'static,
    D: TearDown,
{
    let effect = move |deps: &AnyValue| -> Box<dyn FnOnce()> {
        let undo = effect(deps.get());
        Box::new(move || undo.tear_down())
    };
    Effect { deps: AnyValue::of(deps), effect: Box::new(effect) }
}

/// A value that is made anew for other `deps`.
pub fn use_memo<'hook, T, D>(deps: D, make: impl FnOnce(&D) -> T + 'hook) -> impl Hook<Output = Rc<T>> + 'hook
where
    T: 'static,
    D: PartialEq + 'static,
{
    let make = move |deps: &AnyValue| -> Rc<dyn Any> { Rc::new(make(deps.get())) };
    Memo { deps: AnyValue::of(deps), make: Box::new(make), kind: PhantomData }
}

/// A callback that is the same as long as its `deps` are.
pub fn use_callback<I, O, D>(
    deps: D,
    call: impl Fn(I, &D) -> O + 'static,
) -> impl Hook<Output = Callback<I, O>>
where
    I: 'static,
    O: 'static,
    D: PartialEq + 'static,
{
    let make = move |deps: &AnyValue| -> Rc<dyn Any> {
        let deps = deps.clone();
        Rc::new(Callback::from(move |input| call(input, deps.get())))
    };
    Called(Memo { deps: AnyValue::of(deps), make: Box::new(make), kind: PhantomData })
}

/// A state of the component.
pub struct State<T> {
    inner: UseStateHandle<AnyValue>,
    wrap: fn(T) -> AnyValue,
}

impl<T> State<T> {
    /// Another value.
    pub fn set(&self, value: T) {
        self.inner.set((self.wrap)(value));
    }

    /// What sets it.
    pub fn setter(&self) -> StateSetter<T> {
        StateSetter { inner: self.inner.setter(), wrap: self.wrap }
    }
}

impl<T: 'static> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.get()
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), wrap: self.wrap }
    }
}

/// Compares what they were when the component was drawn.
impl<T> PartialEq for State<T> {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

/// What sets a state; the same as long as the component is.
pub struct StateSetter<T> {
    inner: UseStateSetter<AnyValue>,
    wrap: fn(T) -> AnyValue,
}

impl<T> StateSetter<T> {
    /// Another value.
    pub fn set(&self, value: T) {
        self.inner.set((self.wrap)(value));
    }
}

impl<T> Clone for StateSetter<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), wrap: self.wrap }
    }
}

impl<T> PartialEq for StateSetter<T> {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

/// A value of a type that is known where it is used.
#[derive(Clone)]
struct AnyValue(Rc<dyn Value>);

impl AnyValue {
    fn of<T: PartialEq + 'static>(value: T) -> Self {
        Self(Rc::new(value))
    }

    fn unequal<T: 'static>(value: T) -> Self {
        Self(Rc::new(Unequal(value)))
    }

    fn get<T: 'static>(&self) -> &T {
        known(self.0.as_any().downcast_ref())
    }
}

impl PartialEq for AnyValue {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.equals(other.0.as_any())
    }
}

fn known<T>(value: Option<T>) -> T {
    value.unwrap_or_else(|| unreachable!("a hook keeps the type that it began with"))
}

trait Value {
    fn as_any(&self) -> &dyn Any;
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Value for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// A value that is equal to itself alone.
struct Unequal<T>(T);

impl<T: 'static> Value for Unequal<T> {
    fn as_any(&self) -> &dyn Any {
        &self.0
    }

    fn equals(&self, _: &dyn Any) -> bool {
        false
    }
}

struct Start<'hook, T> {
    init: Box<dyn FnOnce() -> AnyValue + 'hook>,
    wrap: fn(T) -> AnyValue,
}

impl<T> Hook for Start<'_, T> {
    type Output = State<T>;

    fn run(self, hooks: &mut HookContext) -> State<T> {
        State { inner: run_state(self.init, hooks), wrap: self.wrap }
    }
}

fn run_state(init: Box<dyn FnOnce() -> AnyValue + '_>, hooks: &mut HookContext) -> UseStateHandle<AnyValue> {
    yew::functional::use_state_eq(init).run(hooks)
}

struct Effect {
    deps: AnyValue,
    effect: AnyEffect,
}

/// Does something, and says how it is undone.
type AnyEffect = Box<dyn FnOnce(&AnyValue) -> Box<dyn FnOnce()>>;

impl Hook for Effect {
    type Output = ();

    fn run(self, hooks: &mut HookContext) {
        yew::functional::use_effect_with(self.deps, self.effect).run(hooks);
    }
}

struct Memo<'hook, T> {
    deps: AnyValue,
    make: AnyMaker<'hook>,
    kind: PhantomData<T>,
}

type AnyMaker<'hook> = Box<dyn FnOnce(&AnyValue) -> Rc<dyn Any> + 'hook>;

impl<T: 'static> Hook for Memo<'_, T> {
    type Output = Rc<T>;

    fn run(self, hooks: &mut HookContext) -> Rc<T> {
        known(run_memo(self.deps, self.make, hooks).downcast().ok())
    }
}

fn run_memo(deps: AnyValue, make: AnyMaker<'_>, hooks: &mut HookContext) -> Rc<dyn Any> {
    Rc::clone(&*yew::functional::use_memo(deps, make).run(hooks))
}

struct Called<T>(Memo<'static, T>);

impl<T: Clone + 'static> Hook for Called<T> {
    type Output = T;

    fn run(self, hooks: &mut HookContext) -> T {
        (*self.0.run(hooks)).clone()
    }
}
