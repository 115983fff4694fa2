import { Link } from "../shared/Link";
import { Title } from "../shared/Title";

export function NotHere() {
  return (
    <>
      <Title window="Not found">There is no such page</Title>
      <p>
        The address leads nowhere. <Link to="/">Start at the map</Link>.
      </p>
    </>
  );
}
