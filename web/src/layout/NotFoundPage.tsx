import {
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { LinkButton } from '../ui/LinkButton';
import { usePageTitle } from './usePageTitle';

interface Props {
  title?: string;
  children?: string;
}

export function NotFoundPage({
  title = 'There is no such page',
  children = 'The address may be mistyped, or the page has moved.',
}: Props) {
  usePageTitle('Not found');
  return (
    <EmptyState icon={SearchIcon} titleText={title} headingLevel="h1">
      <EmptyStateBody>{children}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <LinkButton to="/vms">To your virtual machines</LinkButton>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
