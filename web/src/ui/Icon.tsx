import sprite from "./sprite.svg?raw";

/** All icons, once, at the root. */
export function Sprite() {
  return <div dangerouslySetInnerHTML={{ __html: sprite }} />;
}

export function Icon({ name, size = "" }: { name: string; size?: "s" | "l" | "" }) {
  return (
    <svg className={size ? `i i-${size}` : "i"} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
