import {
  Alert,
  Button,
  Card,
  CardBody,
  Content,
  Form,
  FormGroup,
  TextInput,
  Title,
} from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Logo } from '../layout/Logo';
import { usePageTitle } from '../layout/usePageTitle';
import { ProblemAlert } from '../ui/ProblemAlert';
import { nextPage } from './next';
import { useLogin, useSession } from './session';

export default function LoginPage() {
  usePageTitle('Log in');
  const { search } = useLocation();
  const session = useSession();
  const login = useLogin();
  const attempt = useMutation({
    mutationFn: ({ name, password }: { name: string; password: string }) => login(name, password),
  });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');

  if (session.data) return <Navigate to={nextPage(search)} replace />;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    attempt.mutate({ name, password });
  };

  return (
    <main className="anemone-login">
      <div className="anemone-login__box">
        <header className="anemone-login__brand">
          <Logo size={56} />
          <div>
            <Title headingLevel="h1" size="3xl">
              Anemone
            </Title>
            <Content component="p">Virtual machines on the idle nodes of the cluster</Content>
          </div>
        </header>
        <Card>
          <CardBody>
            <Form onSubmit={submit} aria-label="Log in">
              {search.includes('next=') && !attempt.isError && (
                <Alert isInline isPlain variant="info" title="Log in to go on to that page." />
              )}
              {attempt.isError && <ProblemAlert error={attempt.error} />}
              <FormGroup label="User name" fieldId="name">
                <TextInput
                  id="name"
                  value={name}
                  onChange={(_event, value) => setName(value)}
                  autoComplete="username"
                  autoCapitalize="none"
                  spellCheck={false}
                  isRequired
                />
              </FormGroup>
              <FormGroup label="Password" fieldId="password">
                <TextInput
                  id="password"
                  type="password"
                  value={password}
                  onChange={(_event, value) => setPassword(value)}
                  autoComplete="current-password"
                  isRequired
                />
              </FormGroup>
              <Button
                type="submit"
                isBlock
                isLoading={attempt.isPending}
                isDisabled={attempt.isPending || !name || !password}
              >
                Log in
              </Button>
            </Form>
          </CardBody>
        </Card>
      </div>
    </main>
  );
}
