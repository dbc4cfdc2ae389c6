import { useId } from "react";
import { Complaint } from "./Complaint";

export interface FieldParts {
  label: string;
  value: string;
  change: (value: string) => void;
  type?: "text" | "password" | "email" | "url" | "search";
  autoComplete?: string;
  /** Always visible. */
  help?: string;
  /** At most so many characters; counted beside the help. */
  most?: number;
  /** A text of several lines, so many at first. */
  lines?: number;
  optional?: boolean;
  complaint?: string | null;
}

/** A label, what one types, and what is wrong with it. */
export function Field({ label, value, change, type = "text", autoComplete = "off", help, most, lines, optional = false, complaint = null }: FieldParts) {
  const id = useId();
  const shared = {
    className: "input",
    id,
    value,
    autoComplete,
    required: !optional,
    "aria-invalid": complaint !== null,
    "aria-describedby": `${id}-help ${id}-error`,
    ...(most !== undefined && { maxLength: most }),
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional"> (if you like)</span>}
      </label>
      {lines === undefined ? (
        <input {...shared} type={type} onChange={(event) => change(event.target.value)} />
      ) : (
        <textarea {...shared} rows={lines} onChange={(event) => change(event.target.value)} />
      )}
      {(help !== undefined || most !== undefined) && (
        <p className="help" id={`${id}-help`}>
          <span>{help}</span>
          {most !== undefined && (
            <span className="num">
              {value.length} of {most}
            </span>
          )}
        </p>
      )}
      <Complaint id={`${id}-error`} words={complaint} />
    </div>
  );
}
