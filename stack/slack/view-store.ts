import type { Changes } from './changes.ts';
import type { OpenView } from './standin-types.ts';

/** The open modals. They are gone after a restart, as the screens they were on. */
export class ViewStore {
  readonly #changes: Changes;
  #views: OpenView[] = [];

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  all(): OpenView[] {
    return [...this.#views];
  }

  get(id: string): OpenView | undefined {
    return this.#views.find((view) => view.id === id);
  }

  byExternalId(externalId: string): OpenView | undefined {
    return this.#views.find(({ view }) => view.external_id === externalId);
  }

  /** Bottom first. */
  stackOf(userId: string): OpenView[] {
    return this.#views.filter((view) => view.user_id === userId);
  }

  push(opened: OpenView): void {
    this.#set([...this.#views, opened]);
  }

  replace(opened: OpenView): void {
    this.#set(this.#views.map((view) => (view.id === opened.id ? opened : view)));
  }

  close(id: string): void {
    this.#set(this.#views.filter((view) => view.id !== id));
  }

  closeAllOf(userId: string): void {
    this.#set(this.#views.filter((view) => view.user_id !== userId));
  }

  reset(): void {
    this.#set([]);
  }

  #set(views: OpenView[]): void {
    this.#views = views;
    this.#changes.changed();
  }
}
