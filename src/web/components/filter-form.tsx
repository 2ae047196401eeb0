import type { Child } from "hono/jsx";
import { longestQuery } from "../addresses.ts";

export interface FilterFormProps {
  readonly action: string;
  readonly label: string;
  /** Kept when the form is sent, though no control shows it. */
  readonly kept?: Readonly<Record<string, string | undefined>>;
  readonly children?: Child;
}

/** A plain form whose answer is the same page, narrowed. */
export function FilterForm({ action, label, kept = {}, children }: FilterFormProps): Child {
  return (
    <form class="filter" action={action} method="get" aria-label={label}>
      {children}
      {Object.entries(kept).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      <button type="submit">Filter</button>
    </form>
  );
}

export interface TextFilterProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly placeholder: string;
}

export function TextFilter({ name, label, value, placeholder }: TextFilterProps): Child {
  return (
    <label>
      {label}
      <input
        type="search"
        name={name}
        value={value ?? ""}
        maxlength={longestQuery}
        placeholder={placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
    </label>
  );
}

export interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** '' where nothing is chosen. */
  readonly chosen: string;
  /** Value and what it reads as. */
  readonly options: readonly (readonly [string, string])[];
}

export function Choice({ name, label, chosen, options }: ChoiceProps): Child {
  return (
    <label>
      {label}
      <select name={name}>
        {options.map(([value, text]) => (
          <option value={value} {...(value === chosen ? { selected: true } : {})}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
