import { Link } from "react-router";

export function Logo() {
  return (
    <Link className="logo" to="/">
      <svg viewBox="0 0 24 32" aria-hidden="true">
        <path d="M1.5 31V12.500a10.5 10.5 0 0 1 21 0V31z" fill="#ffc24b" />
        <path d="M1.5 31V12.500C1.5 7.5 6 4.2 10.5 5.2 13.6 6 15 9.3 15 13.500V31z" fill="#5b2176" />
        <circle cx="11.8" cy="19" r="1.5" fill="#ffc24b" />
        <path d="M1.5 31V12.500a10.5 10.5 0 0 1 21 0V31z" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinejoin="round" />
      </svg>
      Hallway
    </Link>
  );
}
