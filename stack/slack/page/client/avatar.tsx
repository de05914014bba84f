import type { StandinUser } from '../../standin-types.ts';
import { useDirectory } from './context.ts';

/** How many there are in the styles. */
const colours = 8;

/** A picture of somebody: initials on a colour of their own; for the app its sign. */
export function Avatar({ user, size }: { user: StandinUser; size: 'small' | 'medium' | 'large' }) {
  const { users } = useDirectory();
  if (user.is_bot) {
    return (
      <span className={`avatar avatar-${size} avatar-bot`} aria-hidden="true">
        <svg viewBox="0 0 36 36" aria-hidden="true">
          <path
            d="M18 10.5V27M12.5 15.5h11M9 20.5c0 4.5 4 7 9 7s9-2.5 9-7"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
          <circle cx="18" cy="8.3" r="2.4" fill="none" stroke="currentColor" strokeWidth="2.2" />
        </svg>
      </span>
    );
  }
  const colour =
    Math.max(
      0,
      users.findIndex(({ id }) => id === user.id),
    ) % colours;
  return (
    <span className={`avatar avatar-${size} avatar-colour-${colour}`} aria-hidden="true">
      {initialsOf(user.real_name)}
    </span>
  );
}

/** Of a Korean name the given name, as Korean Slack users have it; else the first letters of two words. */
function initialsOf(name: string): string {
  if (/^\p{Script=Hangul}{2,4}$/u.test(name)) return name.slice(-2);
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .map((word) => [...word][0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
}
